/** Which nodes are something, a byte each, and how many. */
export class NodeSet {
  #size = 0
  readonly #marks: Uint8Array

  constructor(nodes: number) {
    this.#marks = new Uint8Array(nodes)
  }

  get size(): number {
    return this.#size
  }

  set(index: number, isIn: boolean): void {
    this.#size += Number(isIn) - this.#marks[index]!
    this.#marks[index] = Number(isIn)
  }

  clear(): void {
    this.#marks.fill(0)
    this.#size = 0
  }
}
