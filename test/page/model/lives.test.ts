import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { appearanceIn } from '../../../src/page/model/appearance.ts'
import { Replay } from '../../../src/page/model/replay.ts'
import { spaceTime } from '../../../src/page/model/space-time.ts'
import { modelOf, nameOf, spreadOf, stories, VERSION } from './story.ts'

const NAMES = [0, 1, 2].map(nameOf)
const value = { type: 'value', timestamp: VERSION } as const
const about = (at: number, node: number, event: GossipEvent['event'], peer?: number): GossipEvent => ({
  at,
  node: nameOf(node),
  event,
  ...(peer !== undefined && { peer: nameOf(peer) }),
  ...value,
  hops: 1,
})

test('when a node dies and is revived then its line is broken between, and what was sent to it meanwhile is lost', () => {
  const events: GossipEvent[] = [
    about(100, 0, 'updated'),
    about(101, 0, 'sent', 1),
    about(102, 1, 'received', 0),
    about(102, 1, 'updated', 0),
    { at: 110, node: nameOf(1), event: 'stopped' },
    about(115, 0, 'sent', 1),
    { at: 120, node: nameOf(1), event: 'started' },
    about(130, 0, 'sent', 1),
    about(131, 1, 'received', 0),
    about(131, 1, 'updated', 0),
    about(140, 0, 'sent', 2),
  ]
  const { lines, arrows } = spaceTime(spreadOf({ nodes: NAMES, events }), NAMES, 140)
  const line = lines.find((it) => it.node === nameOf(1))!
  assert.deepEqual(line.parts, [
    { from: 0, to: 2, is: 'without' },
    { from: 2, to: 10, is: 'has' },
    { from: 10, to: 20, is: 'dead' },
    { from: 20, to: 31, is: 'without' },
    { from: 31, to: 40, is: 'has' },
  ])
  assert.deepEqual([line.infectedAt, line.again], [2, [31]])
  assert.deepEqual(
    arrows.map((it) => it.outcome),
    ['infected', 'lost', 'infected', 'under way'],
  )
})

test('when a message is under way to a node that dies then it is lost, and if it comes all the same it has come', () => {
  const sent = [about(100, 0, 'updated'), about(101, 0, 'sent', 1)]
  const dies: GossipEvent = { at: 102, node: nameOf(1), event: 'stopped' }
  const back: GossipEvent[] = [{ at: 103, node: nameOf(1), event: 'started' }, about(104, 1, 'received', 0)]
  const fates = (events: GossipEvent[]) => spreadOf({ nodes: NAMES, events }).flights.map((it) => it.outcome)
  assert.deepEqual(fates([...sent, dies]), ['lost'])
  assert.deepEqual(fates([...sent, dies, ...back]), ['known'])
  // Of a sender that died nobody knows what became of its message; the next one is another.
  const died: GossipEvent[] = [
    { at: 102, node: nameOf(0), event: 'stopped' },
    { at: 103, node: nameOf(0), event: 'started', timestamp: VERSION },
    about(110, 0, 'sent', 1),
    about(111, 1, 'received', 0),
  ]
  assert.deepEqual(fates([...sent, ...died]), ['lost', 'known'])
})

test('when nodes stop and start then each line has no gap, and none is drawn alive while its node is dead', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      const spread = spreadOf(story)
      const { lines, span } = spaceTime(spread, story.nodes)
      for (const { node, parts } of lines) {
        assert.equal(parts[0]?.from ?? 0, 0)
        assert.equal(parts.at(-1)?.to ?? span, span)
        for (let i = 1; i < parts.length; i++) assert.equal(parts[i]!.from, parts[i - 1]!.to)
        const last = parts.at(-1)
        const stopsLater = spread.changes.some((it) => it.node === node && it.at - spread.startedAt >= span)
        if (last !== undefined && !stopsLater) assert.equal(last.is === 'dead', !story.live.has(node))
      }
    }),
  )
})

test('when nodes pause and the network is cut while a value spreads then its replay shows it so', () => {
  const network = { opened: [], cuts: [], loss: 0.25, duplicate: 0, latency: null }
  const events: GossipEvent[] = [
    { at: 90, node: 'network', event: 'network', network: { ...network, groups: ['0-1', '2'] } },
    about(100, 0, 'updated'),
    { at: 101, node: nameOf(1), event: 'paused' },
    { at: 102, node: 'network', event: 'network', network: { ...network, groups: null } },
    { at: 103, node: nameOf(1), event: 'resumed' },
    about(104, 2, 'updated', 0),
  ]
  const model = modelOf({ nodes: NAMES, events })
  const replay = new Replay(model.last!)
  const seen = Array.from({ length: replay.length + 1 }, (_, i) => {
    const picture = replay.picture(i)
    return [picture.network.groups, picture.network.loss, appearanceIn(picture, nameOf(1))]
  })
  const groups = [[0, 1], [2]]
  assert.deepEqual(seen, [
    [groups, 0.25, 'susceptible'],
    [groups, 0.25, 'susceptible'],
    [groups, 0.25, 'paused'],
    [null, 0.25, 'paused'],
    [null, 0.25, 'susceptible'],
    [null, 0.25, 'susceptible'],
  ])
  const { turns, lines } = spaceTime(model.last!, NAMES)
  assert.deepEqual(
    turns.map((it) => [it.at, it.network.groups]),
    [
      [0, groups],
      [2, null],
    ],
  )
  const { parts } = lines.find((it) => it.node === nameOf(1))!
  assert.deepEqual(
    parts.map((it) => it.is),
    ['without', 'paused', 'without'],
  )
})
