/** Waits that end: for a condition, never for a time. */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** So long that it never decides whether a test passes. */
const DEADLINE_MS = 240_000

/**
 * @param probe what is still missing; undefined once nothing is
 * @returns ms that it took
 * @throws {Error} after `deadline` ms, with what was missing then
 */
export async function until(
  what: string,
  probe: () => Promise<string | undefined>,
  deadline = DEADLINE_MS,
): Promise<number> {
  const startedAt = performance.now()
  for (;;) {
    const missing = await probe().catch((error: Error) => error.message)
    const elapsed = performance.now() - startedAt
    if (missing === undefined) return elapsed
    if (elapsed > deadline) throw new Error(`not within ${deadline} ms: ${what}; ${missing}`)
    await sleep(100)
  }
}

/** How long it took, in ms, and what came out. */
export async function timed<T>(act: () => Promise<T>): Promise<[number, T]> {
  const startedAt = performance.now()
  const it = await act()
  return [performance.now() - startedAt, it]
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
