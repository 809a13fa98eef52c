/** What nodes report, out of events: the last estimate of each, and the number that it started with. */
import { type Estimated, estimated } from './estimates.ts'
import type { GossipEvent } from './event.ts'

export class Reports {
  /** By the name of what is estimated, and by node. */
  readonly #estimates = new Map<string, Map<string, number>>()
  readonly #numbers = new Map<string, number>()

  see({ event, node, name, number }: GossipEvent): void {
    if (number === undefined) return
    if (event === 'started') this.#numbers.set(node, number)
    if (event !== 'report' || name === undefined) return
    const estimates = this.#estimates.get(name) ?? new Map<string, number>()
    this.#estimates.set(name, estimates.set(node, number))
  }

  /** @param live all nodes that live. @returns undefined where nobody reported anything */
  of(live: readonly string[]): Record<string, Estimated> | undefined {
    if (this.#estimates.size === 0) return undefined
    const numbers = live.map((it) => this.#numbers.get(it)).filter((it) => it !== undefined)
    const known = numbers.length === live.length ? Float64Array.from(numbers) : undefined
    const all = [...this.#estimates].map(([name, estimates]): [string, Estimated] => {
      const last = Float64Array.from(live, (it) => estimates.get(it) ?? Number.NaN)
      return [name, estimated(name, last, known)]
    })
    return Object.fromEntries(all)
  }
}
