/**
 * Infect and die: each node tells f others, once. The share r that is never told satisfies r = e^(-f(1-r))
 * (Kermack and McKendrick's final size; Eugster, Guerraoui, Kermarrec, Massoulie 2004).
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import infectAndDie from '../../src/strategy/infect-and-die.ts'
import { mean, runs } from './runs.ts'

const NODES = 100_000
const RUNS = 4

for (const fanout of [2, 3, 4, 5, 6]) {
  const r = residue(fanout)
  test(`Eugster 2004: when f is ${fanout} then e^(-f(1-r)) = r = ${r.toFixed(4)} are left out`, (t) => {
    const left = runs(RUNS, infectAndDie, { fanout }, { nodes: NODES }).map((it) => it.residue)
    // The first node tells f others for sure, so that it dies out at once is next to impossible.
    assert.ok(Math.max(...left) < 0.5, 'a run did not take off')
    // The final size of an epidemic scatters as chance in n nodes would, 1 / (1 - fr) times over.
    const deviation = Math.sqrt((r * (1 - r)) / NODES) / (1 - fanout * r)
    const tolerance = (4 * deviation) / Math.sqrt(RUNS)
    const ours = mean(left)
    t.diagnostic(`ours ${ours.toPrecision(4)}, formula ${r.toPrecision(4)}, +- ${tolerance.toPrecision(2)}`)
    assert.ok(Math.abs(ours - r) <= tolerance, `${ours} instead of ${r} (+- ${tolerance})`)
  })
}

/** The solution below 1, by iteration from 0. */
function residue(fanout: number): number {
  let r = 0
  for (let i = 0; i < 1000; i++) r = Math.exp(-fanout * (1 - r))
  return r
}
