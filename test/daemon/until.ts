/** Waits for what a test expects to happen, with a deadline so generous that it never decides a test's outcome. */
import { setTimeout as sleep } from 'node:timers/promises'

type Falsy = undefined | null | false | 0 | ''

/** @returns what `look` finds, as soon as that is truthy. @throws if it isn't within `ms` */
export async function until<T>(
  what: string,
  look: () => T | Falsy | Promise<T | Falsy>,
  ms = 20_000,
): Promise<T> {
  const deadline = Date.now() + ms
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`not within ${ms} ms: ${what}`)
    await sleep(10)
  }
}
