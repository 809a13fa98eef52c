/** Who holds one value just now, out of events. */
import type { GossipEvent } from './event.ts'

export class Holders {
  readonly #timestamp: number | undefined
  readonly #since: Map<string, number>

  /** @param timestamp of the value; undefined: of none, which nobody holds */
  constructor(timestamp?: number, since: ReadonlyMap<string, number> = new Map()) {
    this.#timestamp = timestamp
    this.#since = new Map(since)
  }

  get size(): number {
    return this.#since.size
  }

  has(node: string): boolean {
    return this.#since.has(node)
  }

  /** When it took it last, or was first known to hold it. */
  since(node: string): number | undefined {
    return this.#since.get(node)
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#since.keys()
  }

  copy(): Holders {
    return new Holders(this.#timestamp, this.#since)
  }

  see({ event, node, at, timestamp }: GossipEvent): void {
    const isIt = timestamp !== undefined && timestamp === this.#timestamp
    if (event === 'stopped' || (event === 'started' && !isIt)) this.#since.delete(node)
    else if (!isIt) return
    else if (event === 'updated' || event === 'started') this.#since.set(node, at)
    // Who passes it on holds it, even if its recording begins later or lacks a start.
    else if (event === 'sent') this.add(node, at)
  }

  /** It is known to hold it. */
  add(node: string, at: number): void {
    if (!this.#since.has(node)) this.#since.set(node, at)
  }

  delete(node: string): void {
    this.#since.delete(node)
  }
}
