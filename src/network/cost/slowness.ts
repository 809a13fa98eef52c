import { ranges } from '../number-ranges.ts'

/** Which nodes are slow: how many times as long everything takes that they do. */
export class Slowness {
  readonly #factors = new Map<number, number>()
  /** How much of its present period a slow node has behind it. */
  readonly #through = new Map<number, number>()
  #greatest = 1

  /** The greatest factor that any node has had. */
  get greatest(): number {
    return this.#greatest
  }

  /** From now on. @param factor 1 or more; 1 is as fast as at first */
  set(nodes: readonly number[], factor: number): void {
    this.#greatest = Math.max(this.#greatest, factor)
    for (const node of nodes) {
      this.#through.delete(node)
      if (factor === 1) this.#factors.delete(node)
      else this.#factors.set(node, factor)
    }
  }

  of(node: number): number {
    return this.#factors.size === 0 ? 1 : (this.#factors.get(node) ?? 1)
  }

  /**
   * A period has passed: is it over for that node, too? One that is three times as slow has one for each three, and one
   * that is fast again has the next.
   */
  hasPeriod(node: number): boolean {
    const factor = this.of(node)
    if (factor === 1) return true
    const through = (this.#through.get(node) ?? 0) + 1 / factor
    // Ten tenths are a little less than one for a computer.
    const isOver = through > 1 - 1e-9
    this.#through.set(node, isOver ? Math.max(0, through - 1) : through)
    return isOver
  }

  /** Who is slow, as it is told: the nodes of each factor, by the factors' order; undefined, if nobody is. */
  get told(): { readonly nodes: string; readonly factor: number }[] | undefined {
    if (this.#factors.size === 0) return undefined
    const factors = [...new Set(this.#factors.values())].sort((a, b) => a - b)
    return factors.map((factor) => {
      const nodes = [...this.#factors].flatMap(([node, its]) => (its === factor ? [node] : []))
      return { nodes: ranges(nodes.sort((a, b) => a - b)), factor }
    })
  }
}
