/** Recordings of nodes whose clocks differ. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { only } from '../../src/gossip/population.ts'
import { loadStrategy } from '../../src/loader/load.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { courses, measure } from '../../src/measure/runs.ts'
import { simulate } from '../../src/simulation/simulate.ts'

const VALUE = { type: 'value', timestamp: 5 } as const
const given = (at: number): GossipEvent => ({ at, node: 'a:1', event: 'updated', ...VALUE, hops: 0 })
const told =
  (event: GossipEvent['event']) =>
  (at: number, node: string, peer: string, hops: number): GossipEvent => ({
    at,
    node,
    event,
    peer,
    ...VALUE,
    hops,
  })
const [took, came, sent] = [told('updated'), told('received'), told('sent')]

test('when a node seems to take a value before the one that it has it from then its clock is put right', () => {
  const [measured] = measure([given(1000), took(983, 'b:1', 'a:1', 1)])
  assert.deepEqual([measured?.infected, measured?.residue, measured?.hopsLast, measured?.tLast], [2, 0, 1, 0])
  assert.deepEqual(measured?.clocks, { apart: 17, within: null })
})

test('when a value goes along a chain of clocks that are minutes apart then all are put right', () => {
  const chain = [
    given(600_000),
    took(100, 'b:1', 'a:1', 1),
    took(900_000, 'c:1', 'b:1', 2),
    took(3, 'd:1', 'c:1', 3),
  ]
  for (const events of [chain, chain.toReversed()]) {
    const [measured, ...others] = measure(events)
    assert.deepEqual([measured?.infected, measured?.nodes, measured?.hopsLast, others.length], [4, 4, 3, 0])
  }
})

test('when two happen at the same time and are told in the wrong order then nothing is missed', () => {
  const [measured] = measure([took(1000, 'b:1', 'a:1', 1), given(1000)])
  assert.deepEqual([measured?.infected, measured?.tLast], [2, 0])
})

test('when messages went both ways then the middle of their bounds is taken', () => {
  // b's clock is 1000 ms ahead, each message takes 4 ms.
  const there = [given(0), sent(0, 'a:1', 'b:1', 1), came(1004, 'b:1', 'a:1', 1), took(1004, 'b:1', 'a:1', 1)]
  const back = [sent(1010, 'b:1', 'a:1', 2), came(14, 'a:1', 'b:1', 2)]
  const [measured] = measure([...there, ...back])
  assert.deepEqual([measured?.tLast, measured?.infected, measured?.duplicates], [4, 2, 0.5])
  assert.deepEqual(measured?.clocks, { apart: 1000, within: 4 })
})

test('when clocks may all be right then nothing is corrected, however long a message takes', () => {
  const [measured] = measure([given(0), took(90_000, 'b:1', 'a:1', 1)])
  assert.deepEqual([measured?.tLast, measured?.clocks], [90_000, undefined])
})

test('when a recording begins late then what was sent before says nothing of clocks', () => {
  // The first message of a to b was not recorded at a.
  const late = [sent(5000, 'a:1', 'b:1', 1), came(100, 'b:1', 'a:1', 1), took(100, 'b:1', 'a:1', 1)]
  const next: GossipEvent = { at: 6000, node: 'b:1', event: 'updated', type: 'value', timestamp: 9, hops: 0 }
  const [measured] = measure([...late, next])
  assert.deepEqual([measured?.timestamp, measured?.clocks], [9, undefined])
})

test('when a clock runs unevenly so that no offset fits then nobody is missed all the same', () => {
  const value = (timestamp: number, event: GossipEvent): GossipEvent => ({ ...event, timestamp })
  const first = [given(0), took(-500, 'b:1', 'a:1', 1)]
  const backwards: GossipEvent[] = [
    value(6, { at: 10_000, node: 'b:1', event: 'updated', type: 'value', hops: 0 }),
    value(6, took(9_600, 'a:1', 'b:1', 1)),
  ]
  const measured = measure([...first, ...backwards])
  assert.deepEqual(
    measured.map((it) => [it.timestamp, it.infected]),
    [
      [5, 2],
      [6, 2],
    ],
  )
})

test('when there are more nodes than clocks are compared of then their times are taken as they are', () => {
  const many = (nodes: number): GossipEvent[] =>
    Array.from({ length: nodes }, (_, i) => took(i === 0 ? 90 : 110, `b:${i}`, 'a:1', 1))
  assert.equal(measure([given(100), ...many(100)])[0]?.clocks?.apart, 10)
  const [measured] = measure([given(100), ...many(20_001)])
  assert.deepEqual([measured?.clocks, measured?.nodes, measured?.infected], [undefined, 20_002, 20_001])
})

/** What no clock changes: who was reached, over how many links, by how many messages. */
const SAME = ['nodes', 'infected', 'residue', 'traffic', 'hopsLast', 'duplicates'] as const

test('when the clocks of a recorded run are wrong by up to minutes then its figures are the same, its times right within the bound', async () => {
  let corrections = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('push', 'flood', 'infect-and-die', 'rumor', 'push-pull', 'plumtree'),
      fc.nat(1000),
      fc.constantFrom(0.02, 5, 300_000),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }),
      async (name, seed, size, skews) => {
        const right: GossipEvent[] = []
        const population = only(await loadStrategy(name))
        const network = { loss: 0.1, duplicate: 0.1, until: 5000 }
        const trace = (event: GossipEvent): void => void right.push(event)
        simulate({
          ...{ ...RUN_DEFAULTS, nodes: 12, seed, run: 0, period: 1000, trace, ...network },
          population,
        })
        const wrong = right.map((it) => {
          const skew = size * skews[Number(/^n(\d+)/.exec(it.node)?.[1])]!
          return { ...it, at: 1e6 + it.at + skew }
        })
        const [is, ...others] = courses(wrong, 1)
        const [should] = courses(right, 1)
        assert.deepEqual(others, [])
        for (const figure of SAME) assert.equal(is!.measured[figure], should!.measured[figure], figure)
        assert.equal(is!.times.length, should!.times.length)
        const { clocks } = is!.measured
        if (clocks?.within === undefined || clocks.within === null) return
        corrections += 1
        for (const [i, time] of is!.times.entries())
          assert.ok(
            Math.abs(time - should!.times[i]!) <= clocks.within + 1e-6,
            `${time}, not ${should!.times[i]}`,
          )
      },
    ),
    { seed: 1, numRuns: 150 },
  )
  assert.ok(corrections > 30, String(corrections))
})
