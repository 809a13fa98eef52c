/** One sample, in a process of its own: so many runs on so many threads. Prints it as JSON. */
import { type Experiment, shardOf } from '../../src/experiment/cell.ts'
import { runAll } from '../../src/experiment/parallel/run-all.ts'
import { cellsOf } from '../../src/experiment/plan.ts'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { Summary } from '../../src/experiment/summary.ts'

const [workers = 1, runs = 1] = process.argv.slice(2).map(Number)
const contenders = [[{ name: 'push', weight: 1 }]]
const cells = await cellsOf({ contenders, set: {}, settings: RUN_DEFAULTS, sweeps: [] })
const experiment: Experiment = { cells, runs, seed: 1 }
const beganAt = performance.now()
const summary = new Summary()
for await (const { outcome } of runAll(experiment, shardOf(experiment, { index: 1, count: 1 }), { workers }))
  summary.add(outcome)
const seconds = (performance.now() - beganAt) / 1000
console.log(JSON.stringify({ seconds, mib: process.resourceUsage().maxRSS / 1024, runs: summary.runs }))
