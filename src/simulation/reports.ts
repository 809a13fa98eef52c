/** What nodes estimate: the last that each reported. */
import type { Tracer } from './tracer.ts'

export class NodeReports {
  /** By the name of what is estimated, a number a node; NaN where there is none. */
  readonly estimates = new Map<string, Float64Array>()
  readonly #nodes: number
  readonly #tracer: Tracer

  constructor(nodes: number, tracer: Tracer) {
    this.#nodes = nodes
    this.#tracer = tracer
  }

  tell(index: number, name: string, number: number): void {
    const estimates = this.estimates.get(name) ?? new Float64Array(this.#nodes).fill(Number.NaN)
    this.estimates.set(name, estimates)
    estimates[index] = number
    if (this.#tracer.isOn) this.#tracer.tell('report', index, { name, number })
  }
}
