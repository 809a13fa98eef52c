/** What simulated nodes remember, in columns: a million of them, at some bytes each and no object. */
import type { Delays } from '../../gossip/delays.ts'
import { type Holdings, NOTHING } from '../../gossip/values/holdings.ts'
import { NodeDice } from './dice.ts'

interface Settings {
  readonly nodes: number
  readonly seed: number
  readonly run: number
}

export class NodeRows {
  readonly dice: NodeDice
  readonly holdings: Holdings[]
  readonly interested: Int32Array
  readonly calm: Int32Array
  readonly states = new SparseColumn<unknown>()
  readonly delays = new SparseColumn<Delays>()

  constructor({ nodes, seed, run }: Settings) {
    this.dice = new NodeDice(nodes, seed, run)
    this.holdings = new Array<Holdings>(nodes).fill(NOTHING)
    this.interested = new Int32Array(nodes)
    this.calm = new Int32Array(nodes)
  }

  /** A node starts, with nothing: its dice go on. */
  clear(node: number): void {
    this.holdings[node] = NOTHING
    // What was never written to takes no memory.
    if (this.interested[node] !== 0) this.interested[node] = 0
    if (this.calm[node] !== 0) this.calm[node] = 0
    this.states.set(node, undefined)
    this.delays.set(node, undefined)
  }
}

/** Of what most strategies have nothing: then it takes no room. */
class SparseColumn<T> {
  readonly #all: (T | undefined)[] = []

  get(node: number): T | undefined {
    return node < this.#all.length ? this.#all[node] : undefined
  }

  set(node: number, it: T | undefined): void {
    if (it === undefined && node >= this.#all.length) return
    while (this.#all.length < node) this.#all.push(undefined)
    this.#all[node] = it
  }
}
