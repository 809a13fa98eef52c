/**
 * Seeded randomness, a stream for each purpose: for the network, for each node and so on, so that another latency
 * does not change who is picked, and two strategies are compared under the same luck.
 */
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/** What a stream is for; each gives another stream out of the same seed. */
export const PURPOSES = {
  network: 1,
  latency: 2,
  phases: 3,
  order: 4,
  faults: 5,
  nodes: 6,
  membership: 7,
  topology: 8,
  population: 9,
  sample: 10,
  skew: 11,
  size: 12,
  processing: 13,
  overlay: 14,
} as const

export class RandomStream {
  readonly #generator: RandomGenerator

  constructor(generator: RandomGenerator) {
    this.#generator = generator
  }

  /** Uniform in [0, 1), in steps of 2^-32. */
  random(): number {
    return toUnit(this.#generator.next())
  }
}

/** 32 random bits as a number in [0, 1). */
export function toUnit(bits: number): number {
  return (bits >>> 0) / 0x1_0000_0000
}

/** The stream of one purpose in one run. @param seed integer from 0 to 2^53 - 1 @param run from 0 on */
export function randomStream(seed: number, run: number, purpose: keyof typeof PURPOSES): RandomStream {
  return new RandomStream(stream(origin(seed, run, purpose), -1))
}

/** One stream after the other, for the nodes 0, 1, 2...: node i's is the same however many there are. */
export function nodeStreams(
  seed: number,
  run: number,
  purpose: 'nodes' | 'membership',
): () => RandomGenerator {
  const from = origin(seed, run, purpose)
  let index = 0
  return () => stream(from, index++)
}

/** The generator is linear: states that differ in a few bits would give related streams. So each is hashed. */
function stream(from: number, index: number): RandomGenerator {
  const state = [0, 1, 2, 3].map((word) => seedWord(from, index, word))
  return xoroshiro128plusFromState(state)
}

/** @param word of a generator's state, from 0 on */
export function seedWord(from: number, index: number, word: number): number {
  return hash(hash(from, index), word + 1)
}

/** Where the streams of one purpose begin. */
export function origin(seed: number, run: number, purpose: keyof typeof PURPOSES): number {
  const high = Math.floor(seed / 0x1_0000_0000)
  return [seed | 0, high, run, PURPOSES[purpose]].reduce(hash, 0x9e37_79b9)
}

/** One step of MurmurHash3 with its finalizer (Appleby 2008): every bit of both depends on every bit that comes out. */
function hash(sum: number, word: number): number {
  const k = Math.imul(word, 0xcc9e_2d51)
  let h = sum ^ Math.imul((k << 15) | (k >>> 17), 0x1b87_3593)
  h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe654_6b64) | 0
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35)
  return h ^ (h >>> 16)
}
