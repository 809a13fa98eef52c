/** npm run bench -- world [FIRST_SEED] [SEEDS]: whole daemons in seeded worlds, 100,000 if nothing else is said. */
import { performance } from 'node:perf_hooks'
import { type Happened, KINDS } from '../daemon/world/faults.ts'
import { worldRun } from '../daemon/world/run.ts'

/** Ms between two lines on how far it is. */
const TELL_MS = 10_000

export async function benchWorld(): Promise<void> {
  const [first = 1, seeds = 100_000] = process.argv.slice(3).map(Number)
  const happened: Happened = new Map()
  const beganAt = performance.now()
  let toldAt = beganAt
  for (let seed = first; seed < first + seeds; seed++) {
    await worldRun(seed, happened)
    if (performance.now() - toldAt < TELL_MS) continue
    toldAt = performance.now()
    console.log(`${seed - first + 1} of ${seeds} seeds, ${((toldAt - beganAt) / 1000).toFixed(0)} s`)
  }
  const seconds = (performance.now() - beganAt) / 1000
  console.log(`${seeds} seeds from ${first} on, in ${seconds.toFixed(1)} s: all agreed`)
  console.log(KINDS.map((kind) => `${kind} ${happened.get(kind) ?? 0}`).join(', '))
}
