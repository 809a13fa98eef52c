import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { GossipEvent } from '../../src/measure/event.ts'
import { Model } from '../../src/page/model/model.ts'
import { History, MAX_EVENTS } from '../../src/page/server/history.ts'
import { MAX_SPREADS } from '../../src/page/wire.ts'
import { modelOf, nameOf, row, type Story, stories, tell, VERSION } from './model/story.ts'

/** One who comes when all of it has happened. */
function late({ nodes, events, live }: Pick<Story, 'nodes' | 'events' | 'live'>): Model {
  const history = new History(() => ({ live: nodes, down: [], paused: [] }))
  for (const it of events) history.see(it)
  const model = new Model()
  model.past(history.past!)
  model.rows(
    nodes.map((address, number) => row({ address, number, state: live.has(address) ? 'runs' : 'dead' })),
  )
  return model
}

test('when a browser comes late then it knows what one knows that was there all the time', () => {
  fc.assert(
    fc.property(stories('wild'), stories('wild'), (story, second) => {
      const shift = story.events.at(-1)!.at
      const more = second.events
        .filter((it) => it.event !== 'started' && it.event !== 'stopped')
        .map((it) => ({ ...it, at: it.at + shift, timestamp: VERSION + 1 }))
      const both = { ...story, events: [...story.events, ...more] }
      const [was, is] = [modelOf(both), late(both)]
      assert.equal(is.spreads.length, 2)
      for (const [i, it] of was.spreads.entries()) {
        const other = is.spreads[i]!
        assert.deepEqual(is.figures(other), it.isOver ? was.figures(it) : it.figures(is.live(), is.size))
        assert.deepEqual(other.curve(), it.curve())
        assert.deepEqual([other.had, other.took, other.flights], [it.had, it.took, it.flights])
      }
    }),
  )
})

test('when values of one ms spread under two keys at once then a browser that comes late knows the same of each', () => {
  fc.assert(
    fc.property(stories('wild'), stories('calm'), (story, second) => {
      const other = second.events
        .filter((it) => it.event !== 'started')
        .map((it) => ({ ...it, key: 'k', bytes: 7 }))
      const events = [...story.events, ...other].sort((a, b) => a.at - b.at)
      const nodes = story.nodes.length > second.nodes.length ? story.nodes : second.nodes
      const both = { ...story, nodes, live: new Set(nodes), events }
      const [was, is] = [modelOf(both), late(both)]
      assert.deepEqual(
        is.spreads.map((it) => [it.key, it.timestamp]),
        [
          ['', VERSION],
          ['k', VERSION],
        ],
      )
      for (const [i, it] of was.spreads.entries()) {
        const told = is.spreads[i]!
        assert.deepEqual(told.figures(is.live(), is.size), it.figures(is.live(), is.size))
        assert.deepEqual([told.curve(), told.had, told.flights], [it.curve(), it.had, it.flights])
      }
    }),
  )
})

test('when a value goes round for long then the events that are not kept are counted', () => {
  const story = tell(3, [])
  const about = { type: 'value', timestamp: VERSION, node: nameOf(0), peer: nameOf(1) }
  const round = (at: number): GossipEvent[] => [
    { ...about, at, event: 'sent', bytes: 100, hops: 1, ...(at % 7 === 0 && { copies: 2 }) },
    at % 5 === 0
      ? { ...about, at, event: 'lost', hops: 1 }
      : { ...about, at, node: nameOf(1), peer: nameOf(0), event: 'received', hops: 1 },
    { at, node: nameOf(2), peer: nameOf(1), event: 'sent', type: 'ihave', bytes: 10 },
  ]
  const many = Array.from({ length: MAX_EVENTS }, (_, i) => round(6000 + i)).flat()
  const last: GossipEvent = {
    ...about,
    at: 50_000,
    node: nameOf(2),
    peer: nameOf(1),
    event: 'updated',
    hops: 2,
  }
  const all = { ...story, events: [...story.events, ...many, last] }
  const [was, is] = [modelOf(all), late(all)]
  assert.deepEqual(is.figures(is.last!), was.figures(was.last!))
  assert.deepEqual(is.last!.curve(), was.last!.curve())
  assert.ok(is.seen < MAX_EVENTS + 10)
  assert.ok(is.last!.dropped > 0)
})

test('when many values come then only the last of them are kept', () => {
  const given = (timestamp: number): GossipEvent => ({
    ...{ at: timestamp, node: nameOf(0), event: 'updated', type: 'value', timestamp, hops: 0 },
  })
  const model = late({
    nodes: [nameOf(0)],
    live: new Set([nameOf(0)]),
    events: Array.from({ length: MAX_SPREADS + 22 }, (_, i) => given(i + 1)),
  })
  assert.deepEqual(
    model.spreads.map((it) => it.timestamp),
    Array.from({ length: MAX_SPREADS }, (_, i) => i + 23),
  )
})
