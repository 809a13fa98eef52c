/**
 * Each node's own dice, in one array: a million generators, at 16 bytes each. They throw what those of `nodeStreams` throw;
 * one is seeded as it is first used.
 */
import { origin, seedWord, toUnit } from '../random.ts'

/** Of xoroshiro128+ (Blackman and Vigna 2018), as pure-rand has it: its state is never all zeros. */
const WORDS = 4

export class NodeDice {
  readonly #states: Int32Array
  readonly #origin: number

  constructor(nodes: number, seed: number, run: number) {
    this.#states = new Int32Array(WORDS * nodes)
    this.#origin = origin(seed, run, 'nodes')
  }

  /** Uniform in [0, 1), in steps of 2^-32. */
  random(node: number): number {
    const states = this.#states
    const i = WORDS * node
    if ((states[i]! | states[i + 1]! | states[i + 2]! | states[i + 3]!) === 0)
      for (let word = 0; word < WORDS; word++) states[i + word] = seedWord(this.#origin, node, word)
    const low0 = states[i + 1]!
    const high0 = states[i]!
    const low1 = states[i + 3]! ^ low0
    const high1 = states[i + 2]! ^ high0
    const thrown = low0 + states[i + 3]!
    states[i] = (high0 << 24) ^ (low0 >>> 8) ^ high1 ^ ((high1 << 16) | (low1 >>> 16))
    states[i + 1] = (low0 << 24) ^ (high0 >>> 8) ^ low1 ^ (low1 << 16)
    states[i + 2] = (low1 << 5) ^ (high1 >>> 27)
    states[i + 3] = (high1 << 5) ^ (low1 >>> 27)
    return toUnit(thrown | 0)
  }
}
