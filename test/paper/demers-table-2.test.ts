/** Demers et al. 1987, section 1.4, Table 2: push, blind, with a coin, 1000 nodes. */
import { test } from 'node:test'
import rumor from '../../src/strategy/rumor.ts'
import { assertPrinted, mean, runs } from './runs.ts'

/** A coin scatters more than a counter: 150 runs know t_last to 0.4 (to 1.6 with k = 1). */
const RUNS = 150

/**
 * Each hot node makes k contacts on average, so s = e^(-k (1 - s)): 0.0070 with k = 5, where the paper prints 0.008.
 * Its runs, of unknown number, are off by that much; ours give 0.0067. Only that figure gets this allowance.
 */
const ERROR_OF_LAST_RESIDUE = 0.15

const TABLE = [
  { k: 1, s: '0.96', m: '0.04', tAverage: '19', tLast: '38' },
  { k: 2, s: '0.20', m: '1.6', tAverage: '17', tLast: '33' },
  { k: 3, s: '0.060', m: '2.8', tAverage: '15', tLast: '32' },
  { k: 4, s: '0.021', m: '3.9', tAverage: '14.1', tLast: '32' },
  { k: 5, s: '0.008', m: '4.9', tAverage: '13.8', tLast: '32' },
]

for (const { k, s, m, tAverage, tLast } of TABLE) {
  test(`Demers 1987, table 2: when k is ${k} then s is ${s}, m ${m}, t_last ${tLast}`, (t) => {
    const options = { direction: 'push', feedback: false, counter: false, k }
    const results = runs(RUNS, rumor, options, { nodes: 1000 })
    assertPrinted(t, results, 'residue', s, k === 5 ? ERROR_OF_LAST_RESIDUE : 0)
    assertPrinted(t, results, 'traffic', m)
    assertPrinted(t, results, 'tLast', tLast)
    // As in Table 1, what the paper averaged is not known.
    const ours = mean(results.map((it) => it.tAverage))
    t.diagnostic(`tAverage: ours ${ours.toPrecision(3)}, printed ${tAverage}: not resolved`)
  })
}
