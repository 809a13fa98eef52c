/** What clients handed in: the last value of each key, and which nodes hold it. */
import type { Value } from '../gossip/value.ts'
import { NodeSet } from './node-set.ts'

interface Handed {
  readonly value: Value
  readonly holders: NodeSet
}

export class HandedIn {
  readonly #nodes: number
  readonly #values = new Map<string, Handed>()
  #last: Handed | undefined

  constructor(nodes: number) {
    this.#nodes = nodes
  }

  /** @param text null deletes @param now ms @returns a value that is newer than all before */
  add(key: string, text: string | null, now: number): Value {
    const timestamp = Math.max(Math.floor(now), (this.#last?.value.timestamp ?? -1) + 1)
    const value = { key, value: text, timestamp }
    const holders = this.#values.get(key)?.holders ?? new NodeSet(this.#nodes)
    holders.clear()
    this.#last = { value, holders }
    this.#values.set(key, this.#last)
    return value
  }

  /** That node took a value. */
  taken(index: number, { key, value, timestamp }: Value): void {
    const handed = this.#values.get(key)
    handed?.holders.set(index, timestamp === handed.value.timestamp && value === handed.value.value)
  }

  /** That node holds nothing any more. */
  lost(index: number): void {
    for (const { holders } of this.#values.values()) holders.set(index, false)
  }

  /** Nodes that hold the very last value. */
  get infected(): number {
    return this.#last?.holders.size ?? 0
  }

  /** Do so many nodes hold the last value of each key? */
  isWith(nodes: number): boolean {
    if (this.infected !== nodes) return false
    return this.#values.size < 2 || [...this.#values.values()].every(({ holders }) => holders.size === nodes)
  }
}
