/** Which nodes are something, a bit each; there is room for as many as are named. */
const BITS = 32

export class NodeBits {
  #words: Int32Array

  /** @param nodes that there is room for at first */
  constructor(nodes: number) {
    this.#words = new Int32Array(Math.ceil(nodes / BITS))
  }

  /** @returns is it in only from now on? */
  add(node: number): boolean {
    const word = node >>> 5
    if (word >= this.#words.length) this.#grow(word)
    const bit = 1 << (node & 31)
    if ((this.#words[word]! & bit) !== 0) return false
    this.#words[word]! |= bit
    return true
  }

  has(node: number): boolean {
    return ((this.#words[node >>> 5] ?? 0) & (1 << (node & 31))) !== 0
  }

  delete(node: number): void {
    if (this.has(node)) this.#words[node >>> 5]! &= ~(1 << (node & 31))
  }

  #grow(word: number): void {
    const grown = new Int32Array(Math.max(word + 1, 2 * this.#words.length))
    grown.set(this.#words)
    this.#words = grown
  }
}
