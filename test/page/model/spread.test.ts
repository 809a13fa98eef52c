import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { measure } from '../../../src/measure/runs.ts'
import { MAX_FLIGHTS, type Outcome } from '../../../src/page/model/flights.ts'
import { nameOf, spreadOf, stories, tell, VERSION } from './story.ts'

function fatesOf(flights: readonly { readonly outcome: Outcome }[]) {
  const fates = { infected: 0, known: 0, lost: 0, 'under way': 0, refused: 0 }
  for (const { outcome } of flights) fates[outcome] += 1
  return fates
}

test('when nodes send, lose, stop and start then each message is found once, with its fate', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      const { flights } = spreadOf(story)
      assert.deepEqual(fatesOf(flights), { ...story.fates, refused: 0 })
      for (const { sentAt, endedAt } of flights) assert.ok(endedAt === undefined || endedAt >= sentAt)
    }),
  )
})

test('when nodes stop and start then it knows who holds the value just now', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      assert.deepEqual([...spreadOf(story).holders].sort(), [...story.holders].sort())
    }),
  )
})

test('when a value has spread then the figures are those of the recorded events', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      const [measured] = measure(story.events)
      const { nodes, timestamp, ...figures } = measured!
      const spread = spreadOf(story)
      assert.equal(timestamp, spread.timestamp)
      assert.deepEqual(spread.figures(story.live, nodes), figures)
    }),
  )
})

test('when a value has spread then its curve rises to all that have had it', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      const spread = spreadOf(story)
      const curve = spread.curve()
      assert.deepEqual(curve[0], [0, 1])
      assert.equal(curve.at(-1)![1], spread.infections.size)
      for (let i = 1; i < curve.length; i++) assert.ok(curve[i]![0] >= curve[i - 1]![0])
    }),
  )
})

const sent = (at: number): GossipEvent => ({
  at,
  node: nameOf(0),
  peer: nameOf(1),
  event: 'sent',
  type: 'value',
  timestamp: VERSION,
  hops: 1,
})
const came = (at: number): GossipEvent => ({
  ...sent(at),
  node: nameOf(1),
  peer: nameOf(0),
  event: 'received',
})

test('when a message is told of as received before it is as sent then it is one message all the same', () => {
  const { nodes, events } = tell(2, [])
  const { flights } = spreadOf({ nodes, events: [...events, came(5010), sent(5012)] })
  assert.equal(flights.length, 1)
  const { sentAt, endedAt, outcome } = flights[0]!
  assert.deepEqual([sentAt, endedAt, outcome], [5010, 5010, 'known'])
})

test('when a copy of the network comes long before the next sending then that is another message', () => {
  const { nodes, events } = tell(2, [])
  const { flights } = spreadOf({ nodes, events: [...events, sent(5001), came(5002), came(5003), sent(5100)] })
  assert.deepEqual(
    flights.map((it) => it.outcome),
    ['known', 'known', 'under way'],
  )
})

test('when a node refuses the value then the message that brought it is refused', () => {
  const { nodes, events } = tell(2, [])
  const refused: GossipEvent = { ...came(5002), event: 'refused' }
  const { flights } = spreadOf({ nodes, events: [...events, sent(5001), came(5002), refused] })
  assert.equal(flights[0]!.outcome, 'refused')
})

test('when more messages carry the value than are kept then the rest are counted', () => {
  const { nodes, events } = tell(2, [])
  const many = Array.from({ length: MAX_FLIGHTS + 7 }, (_, i) => [sent(5001 + i), came(5001.5 + i)]).flat()
  const spread = spreadOf({ nodes, events: [...events, ...many] })
  assert.equal(spread.flights.length, MAX_FLIGHTS)
  assert.ok(spread.dropped >= 7)
  assert.equal(spread.figures(new Set(nodes), 2).traffic, (MAX_FLIGHTS + 7) / 2)
})
