/** 1,000 runs of 1,000 nodes on one thread and on two, in turn; and what memory more runs need. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { table } from '../../src/cli/table.ts'

const program = fileURLToPath(new URL('./workers-run.js', import.meta.url))
const REPEATS = 3
const RUNS = 1000

interface Sample {
  readonly seconds: number
  readonly mib: number
}

export function benchWorkers(): void {
  const one: Sample[] = []
  const two: Sample[] = []
  for (let i = 0; i < REPEATS; i++) {
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
  const ratio = median(two.map((it) => it.seconds)) / median(one.map((it) => it.seconds))
  console.log(`two threads take ${ratio.toFixed(2)} of the time of one`)
}

function sample(workers: number, runs: number): Sample {
  const { stdout, stderr } = spawnSync(process.execPath, [program, String(workers), String(runs)], {
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
