/** Which ways between nodes are open: partitions, cuts and what of them was healed. */
import { type LinkBlock, LinkSet } from './link-set.ts'

/** Ways between these and those. */
export interface Links {
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/** The groups, ways between them that are open all the same, and ways that are cut besides. */
export interface ConnectivityState {
  readonly groups: readonly (readonly number[])[] | null
  readonly opened: readonly LinkBlock[]
  readonly cuts: readonly LinkBlock[]
}

/** A state that came over the wire. */
interface Told {
  readonly groups: readonly (readonly number[])[] | null
  readonly opened: readonly Links[]
  readonly cuts: readonly Links[]
}

export class Connectivity {
  #groups: readonly (readonly number[])[] | undefined
  /** The group that each node is in while the network is partitioned; a node in none is in group -1. */
  readonly #groupOf = new Map<number, number>()
  /** Ways that are cut, in one direction each. */
  #cuts = new LinkSet()
  /** Ways from group to group that were opened again. */
  #opened = new LinkSet()

  /** @param told as its `state` tells it, sets as lists; all is open by default */
  constructor(told?: Told) {
    if (told === undefined) return
    if (told.groups !== null) this.partition(told.groups)
    for (const { from, to } of told.cuts) this.cut(from, to)
    for (const { from, to } of told.opened) this.#opened.add({ from: new Set(from), to: new Set(to) })
  }

  /** Only nodes of one group reach each other; those that are in none form one more group. */
  partition(groups: readonly (readonly number[])[]): void {
    this.#groups = groups
    this.#groupOf.clear()
    for (const [i, group] of groups.entries()) for (const node of group) this.#groupOf.set(node, i)
    this.#opened = new LinkSet()
  }

  /** Nothing gets from these to those; the way back stays. */
  cut(from: readonly number[], to: readonly number[]): void {
    this.#cuts.add({ from: new Set(from), to: new Set(to) })
  }

  /** All ways are open again, or those between some nodes. */
  heal(links?: Links): void {
    if (links === undefined) {
      this.#groups = undefined
      this.#cuts = new LinkSet()
      this.#opened = new LinkSet()
      return
    }
    for (const block of bothWays(links)) {
      this.#cuts.remove(block)
      if (this.#groups !== undefined) this.#opened.add(block)
    }
  }

  /** Is any way cut? */
  get isBroken(): boolean {
    return this.#groups !== undefined || !this.#cuts.isEmpty
  }

  /** Is any of these cut, in either direction? */
  isBrokenBetween(links: Links): boolean {
    return bothWays(links).some((it) => this.#cuts.meets(it) || this.#isParted(it))
  }

  isCut(from: number, to: number): boolean {
    if (this.#groups !== undefined && this.#group(from) !== this.#group(to) && !this.#opened.has(from, to))
      return true
    return this.#cuts.has(from, to)
  }

  get state(): ConnectivityState {
    return { groups: this.#groups ?? null, opened: this.#opened.blocks, cuts: this.#cuts.blocks }
  }

  #group(node: number): number {
    return this.#groupOf.get(node) ?? -1
  }

  /** Does any of these ways lead from group to group, and was not opened? */
  #isParted(block: LinkBlock): boolean {
    if (this.#groups === undefined) return false
    return this.#opened.lacking(block).some(({ from, to }) => {
      const groups = new Set([...from, ...to].map((it) => this.#group(it)))
      return groups.size > 1
    })
  }
}

function bothWays({ from, to }: Links): LinkBlock[] {
  const [these, those] = [new Set(from), new Set(to)]
  return [
    { from: these, to: those },
    { from: those, to: these },
  ]
}
