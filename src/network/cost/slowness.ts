/** Which nodes are slow: how many times as long everything takes that they do. */
export class Slowness {
  readonly #factors = new Map<number, number>()
  #greatest = 1

  /** The greatest factor that any node has had. */
  get greatest(): number {
    return this.#greatest
  }

  /** From now on. @param factor 1 or more; 1 is as fast as at first */
  set(nodes: readonly number[], factor: number): void {
    this.#greatest = Math.max(this.#greatest, factor)
    for (const node of nodes) {
      if (factor === 1) this.#factors.delete(node)
      else this.#factors.set(node, factor)
    }
  }

  of(node: number): number {
    return this.#factors.size === 0 ? 1 : (this.#factors.get(node) ?? 1)
  }

  /** The nodes of each factor, sorted, by the factors' order. */
  get groups(): { readonly factor: number; readonly nodes: readonly number[] }[] {
    const factors = [...new Set(this.#factors.values())].sort((a, b) => a - b)
    return factors.map((factor) => {
      const nodes = [...this.#factors].flatMap(([node, its]) => (its === factor ? [node] : []))
      return { factor, nodes: nodes.sort((a, b) => a - b) }
    })
  }
}
