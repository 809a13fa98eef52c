import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_KEY, type Value, wins } from '../../src/gossip/value.ts'
import push from '../../src/strategy/push.ts'
import { dice } from '../gossip/dice.ts'
import { type Acquaintance, Cluster } from './cluster.ts'
import { greatest, text, timestamp } from './values.ts'

/** Periods in which all must have heard; that one is left out in all of them happens about never. */
const ENOUGH_PERIODS = 100

const node = fc.nat(100)
const place = fc.nat(1000)
const step = fc.oneof(
  fc.record({ do: fc.constant('propose' as const), node, text, timestamp }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('period' as const), node }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver' as const), place }) },
  fc.record({ do: fc.constant('repeat' as const), place }),
  fc.record({ do: fc.constant('lose' as const), place }),
)
const run = fc.record({
  size: fc.integer({ min: 2, max: 7 }),
  seed: fc.integer(),
  fanout: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(step, { minLength: 10, maxLength: 80 }),
})

/** What really happened, over all runs: a network that never failed would prove nothing. */
interface Happened {
  repeats: number
  losses: number
  ties: number
}

for (const acquaintance of ['everyone', 'line'] satisfies Acquaintance[]) {
  test(`when messages were lost, repeated and out of order and then are not (${acquaintance}) then all agree`, () => {
    const happened: Happened = { repeats: 0, losses: 0, ties: 0 }
    fc.assert(
      fc.property(run, ({ size, seed, fanout, steps }) => {
        const cluster = new Cluster(size, push, { seed, acquaintance, options: { fanout } })
        const proposed: Value[] = [{ key: DEFAULT_KEY, value: 'first', timestamp: 0 }]
        cluster.propose(0, 'first', 0)
        for (const it of steps) {
          const before = cluster.nodes.map((it) => it.get())
          if (it.do === 'propose') {
            if (proposed.some((other) => other.timestamp === it.timestamp && other.value !== it.text))
              happened.ties += 1
            proposed.push({ key: DEFAULT_KEY, value: it.text, timestamp: it.timestamp })
            cluster.propose(it.node % size, it.text, it.timestamp)
          } else if (it.do === 'period') cluster.period(it.node % size)
          else if (cluster.inFlight > 0) fly(cluster, it.do, it.place % cluster.inFlight, happened)
          assertSafe(cluster, before, proposed)
        }
        heal(cluster, dice(seed))
        const { value, timestamp } = greatest(proposed)
        for (const it of cluster.nodes) {
          const held = it.get()
          assert.deepEqual([held?.value, held?.timestamp], [value, timestamp])
        }
      }),
      { numRuns: 200 },
    )
    for (const [what, count] of Object.entries(happened)) assert.ok(count > 0, `no ${what} in any run`)
  })
}

function fly(cluster: Cluster, how: 'deliver' | 'repeat' | 'lose', at: number, happened: Happened): void {
  if (how === 'lose') {
    cluster.lose(at)
    happened.losses += 1
  } else {
    cluster.deliver(at, how === 'repeat')
    if (how === 'repeat') happened.repeats += 1
  }
}

/** Nobody holds what was never proposed, and nobody went back to what is older. */
function assertSafe(cluster: Cluster, before: readonly (Value | null)[], proposed: readonly Value[]): void {
  for (const [i, it] of cluster.nodes.entries()) {
    const held = it.get()
    const last = before[i] ?? null
    if (last !== null) assert.ok(held !== null && !wins(last, held))
    if (held === null) continue
    assert.ok(proposed.some(({ value, timestamp }) => value === held.value && timestamp === held.timestamp))
  }
}

/** Nothing is lost any more: periods pass, and what is in flight arrives, in any order. */
function heal(cluster: Cluster, random: () => number): void {
  for (let i = 0; i < ENOUGH_PERIODS; i++) {
    for (const n of cluster.nodes.keys()) cluster.period(n)
    while (cluster.inFlight > 0) cluster.deliver(Math.floor(random() * cluster.inFlight))
  }
}
