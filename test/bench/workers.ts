/**
 * 1,000 runs of 1,000 nodes on one core and on two, in turn; and what memory more runs need. One thread that has both
 * cores is shown too: its garbage collector's helpers use the second.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { table } from '../../src/cli/output/table.ts'

const program = fileURLToPath(new URL('./workers-run.js', import.meta.url))
const REPEATS = 3
const RUNS = 1000

interface Sample {
  readonly seconds: number
  readonly mib: number
}

export function benchWorkers(): void {
  const core: Sample[] = []
  const one: Sample[] = []
  const two: Sample[] = []
  for (let i = 0; i < REPEATS; i++) {
    core.push(sample(1, RUNS, ['taskset', '-c', '0']))
    one.push(sample(1, RUNS))
    two.push(sample(2, RUNS))
  }
  const many = sample(2, 5 * RUNS)
  const rows = [['1', RUNS, one] as const, ['2', RUNS, two] as const, ['2', 5 * RUNS, [many]] as const].map(
    ([workers, runs, samples]) => [
      workers,
      String(runs),
      median(samples.map((it) => it.seconds)).toFixed(2),
      median(samples.map((it) => it.mib)).toFixed(0),
    ],
  )
  console.log(table(['workers', 'runs', 'seconds', 'MiB'], rows))
  const ratio = median(two.map((it) => it.seconds)) / median(core.map((it) => it.seconds))
  console.log(`two cores take ${ratio.toFixed(2)} of the time of one`)
}

function sample(workers: number, runs: number, before: readonly string[] = []): Sample {
  const [command = '', ...words] = [...before, process.execPath, program, String(workers), String(runs)]
  const { stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
