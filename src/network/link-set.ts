/** A set of ways, each from one node to another: kept as few blocks "from these to those", which don't overlap. */
export interface LinkBlock {
  readonly from: ReadonlySet<number>
  readonly to: ReadonlySet<number>
}

export class LinkSet {
  #blocks: readonly LinkBlock[] = []

  get blocks(): readonly LinkBlock[] {
    return this.#blocks
  }

  get isEmpty(): boolean {
    return this.#blocks.length === 0
  }

  has(from: number, to: number): boolean {
    return this.#blocks.length > 0 && this.#blocks.some((it) => it.from.has(from) && it.to.has(to))
  }

  /** Does it have any of these? */
  meets(block: LinkBlock): boolean {
    return this.#blocks.some((it) => meet(it.from, block.from) && meet(it.to, block.to))
  }

  add(block: LinkBlock): void {
    this.#blocks = [...without(this.#blocks, block), block]
  }

  remove(block: LinkBlock): void {
    this.#blocks = without(this.#blocks, block)
  }

  /** Those of a block that it does not have. */
  lacking(block: LinkBlock): readonly LinkBlock[] {
    return this.#blocks.reduce(without, [block] as readonly LinkBlock[])
  }
}

function without(blocks: readonly LinkBlock[], away: LinkBlock): readonly LinkBlock[] {
  return blocks.flatMap((it) => {
    if (!meet(it.from, away.from) || !meet(it.to, away.to)) return [it]
    const rest = [
      { from: part(it.from, (node) => !away.from.has(node)), to: it.to },
      { from: part(it.from, (node) => away.from.has(node)), to: part(it.to, (node) => !away.to.has(node)) },
    ]
    return rest.filter(({ from, to }) => from.size > 0 && to.size > 0)
  })
}

function part(nodes: ReadonlySet<number>, isIn: (node: number) => boolean): ReadonlySet<number> {
  return new Set([...nodes].filter(isIn))
}

function meet(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  for (const node of few) if (many.has(node)) return true
  return false
}
