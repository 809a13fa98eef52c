import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { measure } from '../../../src/measure/runs.ts'
import { appearanceOf, newestOf } from '../../../src/page/model/appearance.ts'
import { why } from '../../../src/page/model/explain.ts'
import { Model } from '../../../src/page/model/model.ts'
import { spaceTime } from '../../../src/page/model/space-time.ts'
import { modelOf, nameOf, row, stories, tell, VERSION } from './story.ts'

const NAMES = [0, 1, 2].map(nameOf)
const given = (timestamp: number, at: number, node = 0): GossipEvent => ({
  at,
  node: nameOf(node),
  event: 'updated',
  type: 'value',
  timestamp,
  hops: 0,
})
const took = (timestamp: number, at: number, node: number, from = 0): GossipEvent => ({
  ...given(timestamp, at, node),
  peer: nameOf(from),
  hops: 1,
})
const rowsOf = (timestamps: readonly (number | null)[], uptime = 100) =>
  timestamps.map((timestamp, number) =>
    row({ number, address: nameOf(number), timestamp, value: timestamp === null ? null : 'x', uptime }),
  )

test('when nodes hold a value as one begins to look then they are infected, and what nobody saw is not made up', () => {
  const model = new Model()
  model.rows(rowsOf([7, 7, null]))
  const spread = model.last!
  assert.equal(spread.timestamp, 7)
  assert.deepEqual([spread.had, spread.took, spread.curve()], [2, null, []])
  assert.deepEqual(model.figures(spread), { infected: 2, residue: 1 / 3 })
  assert.deepEqual(
    NAMES.map((it) => appearanceOf(model, it, newestOf(model))),
    ['infected', 'infected', 'susceptible'],
  )
  model.see(took(7, 5000, 2))
  assert.deepEqual(model.figures(spread), { infected: 3, residue: 0 })
  assert.equal(why(spread, nameOf(0)).isUnseen, true)
  assert.deepEqual([why(spread, nameOf(2)).isUnseen, why(spread, nameOf(2)).path.length], [false, 1])
})

test('when a value is there from a time before and a newer one is handed in then that one is measured', () => {
  const model = new Model()
  model.rows(rowsOf([7, 7, 7]))
  for (const it of [given(9, 100), took(9, 104, 1), took(9, 110, 2)]) model.see(it)
  const { infected, residue, tLast } = model.figures(model.last!)
  assert.deepEqual([infected, residue, tLast, model.last!.took], [3, 0, 10, 10])
  assert.deepEqual(model.figures(model.of(7)!), { infected: 3, residue: 0 })
})

test('when a node joins that holds the value already then it counts, and no time is known of it', () => {
  const model = new Model()
  model.rows(rowsOf([null, null]))
  for (const it of [given(7, 100), took(7, 104, 1)]) model.see(it)
  model.rows(rowsOf([7, 7, 7]))
  const spread = model.last!
  assert.deepEqual(
    [spread.had, spread.took, spread.curve()],
    [
      3,
      4,
      [
        [0, 1],
        [4, 2],
      ],
    ],
  )
  const { infected, residue } = model.figures(spread)
  assert.deepEqual([infected, residue], [3, 0])
})

test('when rows are faster than the stream that tells how a value was handed in then it is measured all the same', () => {
  const model = new Model()
  model.rows(rowsOf([null, 7, null]))
  for (const it of [took(7, 104, 1), given(7, 100), took(7, 109, 2)]) model.see(it)
  model.rows(rowsOf([7, 7, 7]))
  assert.equal(model.spreads.length, 1)
  assert.deepEqual([model.last!.isWhole, model.last!.had, model.last!.took], [true, 3, 9])
})

test('when a node runs for less time than before then what it held is gone, unless it says that it holds it', () => {
  const model = new Model()
  model.rows(rowsOf([7, 7, 7]))
  model.rows([...rowsOf([7]), ...rowsOf([null, null, null]).slice(1, 2), ...rowsOf([7, 7, 7], 1).slice(2)])
  assert.deepEqual([...model.last!.holders], NAMES)
  model.rows([...rowsOf([7]), ...rowsOf([null, null], 1).slice(1), ...rowsOf([7, 7, 7], 2).slice(2)])
  assert.deepEqual([...model.last!.holders], [NAMES[0], NAMES[2]])
})

test('when a node that is only followed ends without a word then its line is broken until it is back', () => {
  const model = new Model()
  model.rows(rowsOf([null, null, null]))
  for (const it of [given(7, 100), took(7, 104, 1), took(7, 110, 2)]) model.see(it)
  model.rows([...rowsOf([7]), row({ number: 1, address: nameOf(1), state: 'unreachable' })])
  model.see({
    at: 120,
    node: nameOf(0),
    peer: nameOf(1),
    event: 'sent',
    type: 'value',
    timestamp: 7,
    hops: 1,
  })
  model.rows([...rowsOf([7, null], 1)])
  for (const it of [took(7, 140, 1)]) model.see(it)
  const spread = model.last!
  const { lines, arrows } = spaceTime(spread, NAMES)
  assert.deepEqual(
    lines.find((it) => it.node === nameOf(1))!.parts.map(({ from, to, is }) => [from, to, is]),
    [
      [0, 4, 'without'],
      [4, 10, 'has'],
      [10, 20, 'dead'],
      [20, 40, 'without'],
    ],
  )
  assert.equal(arrows[0]!.outcome, 'lost')
  assert.deepEqual([spread.took, why(spread, nameOf(1)).again.length], [10, 1])
})

test('when a node reads the value later than it came then all its times are those of when it came', () => {
  const came: GossipEvent = { ...took(7, 105, 2), event: 'received' }
  const events = [given(7, 100), took(7, 104, 1), came, took(7, 110, 2)]
  const model = modelOf({ nodes: NAMES, events })
  const spread = model.last!
  const line = spaceTime(spread, NAMES).lines.find((it) => it.node === nameOf(2))
  const { tLast } = model.figures(spread)
  const times = [spread.took, tLast, spread.curve().at(-1)![0], line!.infectedAt, measure(events)[0]!.tLast]
  assert.deepEqual([...times, why(spread, nameOf(2)).path.at(-1)!.at - 100], [5, 5, 5, 5, 5, 5])
})

test('when a node is paused then it lives, as in every figure of a run', () => {
  const model = modelOf(tell(4, []))
  model.rows([
    row({ timestamp: VERSION }),
    row({ number: 1, address: nameOf(1), state: 'paused' }),
    row({ number: 2, address: nameOf(2), state: 'dead' }),
  ])
  assert.equal(model.figures(model.last!).residue, 0.5)
})

test('when a newer value comes then the figures of the one before are those that measure has of it', () => {
  fc.assert(
    fc.property(stories('wild'), fc.array(fc.nat(11), { maxLength: 8 }), (story, takers) => {
      const nodes = story.nodes.filter((it) => story.live.has(it))
      fc.pre(nodes.length > 0)
      const end = story.events.at(-1)!.at + 1
      const next = { type: 'value', timestamp: VERSION + 1 }
      const events: GossipEvent[] = [
        ...story.events,
        { at: end, node: nodes[0]!, event: 'updated', ...next, hops: 0 },
        // The old one goes on where the new one is not yet.
        ...takers.map((it, i): GossipEvent => {
          const [node, peer] = [nodes[it % nodes.length]!, story.nodes[0]!]
          return { at: end + 1 + i, node, peer, event: 'sent', type: 'value', timestamp: VERSION, bytes: 10 }
        }),
      ]
      const model = modelOf({ nodes: story.nodes, events })
      const shown = model.spreads.map((it) => ({
        ...{ nodes: story.nodes.length, timestamp: it.timestamp },
        ...model.figures(it),
      }))
      assert.deepEqual(shown, measure(events))
      for (const it of model.spreads) {
        assert.equal(it.took, model.figures(it).tLast)
        assert.equal(it.curve().at(-1)![0], it.took)
      }
    }),
  )
})

for (const keeps of [false, true]) {
  test(`when a node is revived with its state ${keeps ? 'kept' : 'lost'} then every time shown is that of its first copy`, () => {
    const node = nameOf(1)
    const events: GossipEvent[] = [
      ...NAMES.map((it): GossipEvent => ({ at: 0, node: it, event: 'started' })),
      given(7, 100),
      took(7, 104, 1),
      took(7, 110, 2),
      { at: 5000, node, event: 'stopped', how: 'killed' },
      { at: 8000, node, event: 'started', ...(keeps && { timestamp: 7 }) },
      ...(keeps ? [] : [took(7, 15_000, 1)]),
    ]
    const model = modelOf({ nodes: NAMES, events })
    const spread = model.last!
    const measured = measure(events).map((it) => [it.tLast, it.infected])
    assert.deepEqual(measured, [[10, 3]])
    assert.deepEqual([spread.took, spread.curve().at(-1)], [10, [10, 3]])
    assert.deepEqual([model.figures(spread).tLast, model.figures(spread).infected], [10, 3])
    const { path, again, changes } = why(spread, node)
    assert.equal(path.at(-1)!.at, 104)
    assert.deepEqual(
      again.map((it) => it.at),
      keeps ? [] : [15_000],
    )
    assert.deepEqual(
      changes.map((it) => [it.is, it.keeps]),
      [
        ['stopped', false],
        ['started', keeps],
      ],
    )
  })
}
