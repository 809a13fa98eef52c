/** npm run bench -- faults [FIRST_SEED] [SEEDS]: seeded runs under every kind of fault, 100,000 if nothing else is said. */
import { faultRun, type Happened, KINDS } from '../property/fault-run.ts'

export function benchFaults(): void {
  const [first = 1, seeds = 100_000] = process.argv.slice(3).map(Number)
  const happened: Happened = new Map()
  const beganAt = performance.now()
  for (let seed = first; seed < first + seeds; seed++) faultRun(seed, happened)
  const seconds = (performance.now() - beganAt) / 1000
  console.log(`${seeds} seeds from ${first} on, in ${seconds.toFixed(1)} s: all agreed`)
  console.log(KINDS.map((kind) => `${kind} ${happened.get(kind) ?? 0}`).join(', '))
}
