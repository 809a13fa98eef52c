/** Which protocol each node of a cluster runs: all the same, or a mix. */
import type { Protocol } from './protocol.ts'

/** The most that a cluster, simulated or recorded, may have. */
export const MAX_NODES = 10_000_000
/** Protocols of one mix: a node's place among them must fit a byte. */
export const MAX_PARTS = 255

export interface Share {
  readonly protocol: Protocol
  /** In proportion to the others'; greater than 0. */
  readonly weight: number
}

/** One protocol or several with their shares. */
export type Population = readonly [Share, ...Share[]]

/** Everyone runs the same. */
export function only(protocol: Protocol): Population {
  return [{ protocol, weight: 1 }]
}

/**
 * Deals the nodes out: each protocol gets its share of them, rounded, at random places. Node 0 runs the first named,
 * because the value starts there.
 * @param random uniform in [0, 1); a single protocol draws nothing
 * @returns for each node the index of its protocol in the population
 */
export function deal(population: Population, nodes: number, random: () => number): Uint8Array {
  const dealt = new Uint8Array(nodes)
  if (population.length === 1) return dealt
  const total = population.reduce((sum, { weight }) => sum + weight, 0)
  let until = 0
  let from = 0
  population.forEach(({ weight }, i) => {
    until += weight
    const to = Math.round((nodes * until) / total)
    dealt.fill(i, from, to)
    from = to
  })
  // The first stays where it is, the others are shuffled (Fisher-Yates).
  dealt[0] = 0
  for (let i = nodes - 1; i > 1; i--) {
    const j = 1 + Math.floor(random() * i)
    const one = dealt[i]!
    dealt[i] = dealt[j]!
    dealt[j] = one
  }
  return dealt
}

/** "push:50,silent:50", or just "push". */
export function nameOfPopulation(population: Population): string {
  const [{ protocol }] = population
  if (population.length === 1) return protocol.name
  return population.map((it) => `${it.protocol.name}:${it.weight}`).join(',')
}

/** What its protocols' options are; a mix has those of each by name. */
export function optionsOf(population: Population): Readonly<Record<string, unknown>> {
  if (population.length === 1) return population[0].protocol.options
  return Object.fromEntries(population.map(({ protocol }) => [protocol.name, protocol.options]))
}
