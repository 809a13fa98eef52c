/**
 * 1,000 runs of 1,000 nodes on one core and on two, in turn; and what memory more runs need. One thread that has both
 * cores is shown too: its garbage collector's helpers use the second.
 */
import { fileURLToPath } from 'node:url'
import type { Row } from './row.ts'
import { sample } from './sample.ts'

const program = fileURLToPath(new URL('./workers-run.js', import.meta.url))
const REPEATS = 3
const RUNS = 1000

interface Sample {
  readonly seconds: number
  readonly mib: number
}

/** How much faster two cores are than one. */
const GOAL = 1 / 1.8

export async function workers(): Promise<Row[]> {
  const core: Sample[] = []
  const one: Sample[] = []
  const two: Sample[] = []
  for (let i = 0; i < REPEATS; i++) {
    core.push(run(1, RUNS, ['taskset', '-c', '0']))
    one.push(run(1, RUNS))
    two.push(run(2, RUNS))
  }
  const more = run(2, 5 * RUNS)
  const what = `${RUNS} runs of 1,000 nodes`
  const seconds = (samples: readonly Sample[]) => samples.map((it) => it.seconds)
  const mib = (samples: readonly Sample[]) => samples.map((it) => it.mib)
  return [
    {
      what: `${what}, s: on one core, on two`,
      floor: seconds(core),
      ours: seconds(two),
      goal: GOAL,
      digits: 2,
    },
    { what: `${what}, s: with a worker, with two`, floor: seconds(one), ours: seconds(two), digits: 2 },
    { what: `MiB of two workers: ${RUNS} runs, ${5 * RUNS}`, floor: mib(two), ours: mib([more]) },
  ]
}

function run(workers: number, runs: number, before: readonly string[] = []): Sample {
  const it = sample<Sample>([program, String(workers), String(runs)], before)
  if (it === undefined) throw new Error(`${runs} runs took too long`)
  return it
}
