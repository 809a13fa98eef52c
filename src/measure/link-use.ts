/** How much goes over nodes' links. */
import type { LinkFigures } from './figures.ts'

export class LinkUse {
  readonly #up: Float64Array
  readonly #down: Float64Array
  #since = 0

  constructor(nodes: number) {
    this.#up = new Float64Array(nodes)
    this.#down = new Float64Array(nodes)
  }

  /** From here on it counts. @param at ms, or rounds */
  begin(at: number): void {
    this.#since = at
    this.#up.fill(0)
    this.#down.fill(0)
  }

  /** So many bytes have left that node. */
  up(node: number, bytes: number): void {
    this.#up[node]! += bytes
  }

  /** So many have come to it. */
  down(node: number, bytes: number): void {
    this.#down[node]! += bytes
  }

  /** @param at ms, or rounds @param unit so many of these are a second; 1 for rounds, of which each counts */
  figures(at: number, unit = 1000): LinkFigures {
    const time = (at - this.#since) / unit
    const rate = (bytes: number): number => (time > 0 ? bytes / time : 0)
    const mean = (all: Float64Array): number => rate(all.reduce((sum, it) => sum + it, 0) / all.length)
    const max = (all: Float64Array): number => rate(all.reduce((most, it) => Math.max(most, it), 0))
    const [up, down] = [this.#up, this.#down]
    return { upMean: mean(up), upMax: max(up), downMean: mean(down), downMax: max(down) }
  }
}
