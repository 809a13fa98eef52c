/** Karp, Schindelhauer, Shenker, Voecking 2000, "Randomized rumor spreading": push and pull, median-counter. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import medianCounter from '../../src/strategy/median-counter.ts'
import { pushUntilAll } from './push-until-all.ts'
import { mean, runs } from './runs.ts'

const SIZES = [
  { log2n: 8, count: 20 },
  { log2n: 10, count: 10 },
  { log2n: 12, count: 5 },
  { log2n: 14, count: 3 },
  { log2n: 16, count: 1 },
]

/** The paper's bound on the counter is O(log log n): here it is that, rounded up. */
const maxOf = (log2n: number) => Math.ceil(Math.log2(log2n))

const measured = SIZES.map(({ log2n, count }) => {
  const results = runs(count, medianCounter, { max: maxOf(log2n) }, { nodes: 2 ** log2n })
  return { log2n, results, traffic: mean(results.map((it) => it.traffic)) }
})

test('Karp 2000, section 3: when median-counter ends then everyone knows', () => {
  for (const { log2n, results } of measured)
    for (const { residue, run } of results) assert.equal(residue, 0, `n = 2^${log2n}, run ${run}`)
})

test('Karp 2000, section 3: when n grows then median-counter takes O(log n) rounds', (t) => {
  for (const { log2n, results } of measured) {
    const last = Math.max(...results.map((it) => it.tLast))
    t.diagnostic(`n = 2^${log2n}: at most ${last} rounds until all know`)
    // Push and pull grow threefold a round and then finish in log log n: log3 n + O(log log n) rounds (section 2).
    assert.ok(last <= log2n / Math.log2(3) + 2 * maxOf(log2n), `n = 2^${log2n}: ${last} rounds`)
  }
})

test('Karp 2000, section 3: when n grows then transmissions a node grow like log log n', (t) => {
  for (const { log2n, traffic } of measured) {
    t.diagnostic(`n = 2^${log2n}: ${traffic.toFixed(2)} transmissions a node, max ${maxOf(log2n)}`)
    // Each of about max rounds with everyone in it costs a push and a pull a node, in B and then in C.
    assert.ok(traffic <= 5.5 * maxOf(log2n), `n = 2^${log2n}: ${traffic} transmissions a node`)
  }
  // log n grows by 60% from 2^10 to 2^16, log log n by 20% and, rounded up, not at all. Runs scatter by 0.5%.
  const ratio = trafficAt(16) / trafficAt(10)
  assert.ok(ratio <= 1.05, `64 times the nodes: ${ratio} times the transmissions a node`)
})

test('Karp 2000: when n grows then push needs Theta(log n) transmissions a node', (t) => {
  const SOME = [
    { log2n: 10, count: 20 },
    { log2n: 12, count: 10 },
    { log2n: 14, count: 5 },
    { log2n: 16, count: 1 },
  ]
  for (const { log2n, count } of SOME) {
    const all = Array.from({ length: count }, (_, run) => pushUntilAll(2 ** log2n, run))
    const perLog = mean(all.map(({ traffic }) => traffic)) / log2n
    t.diagnostic(`n = 2^${log2n}: ${perLog.toFixed(3)} log2 n transmissions a node`)
    // After log2 n rounds almost all know, and push for ln n = 0.69 log2 n more, and the O(1) of Pittel's
    // theorem; single runs were seen from 0.59 to 1.2.
    assert.ok(perLog >= 0.55 && perLog <= 1.25, `n = 2^${log2n}: ${perLog} log2 n transmissions a node`)
  }
})

function trafficAt(log2n: number): number {
  return measured.find((it) => it.log2n === log2n)!.traffic
}
