/** The fuzzer of the wire for as long as one likes: npm run bench -- fuzz [CASES] [SEED] [PATH]. */
import { performance } from 'node:perf_hooks'
import { fuzz } from '../property/wire-fuzz.ts'

const CASES = 1_000_000

export async function benchFuzz(): Promise<void> {
  const [cases = CASES, seed, path] = process.argv.slice(3)
  const start = performance.now()
  const it = await fuzz(Number(cases), seed === undefined ? undefined : Number(seed), path)
  const seconds = (performance.now() - start) / 1000
  console.table([{ ...it, seconds: Math.round(seconds), 'cases a second': Math.round(it.cases / seconds) }])
}
