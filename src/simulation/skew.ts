/** Clocks that are wrong: each by a share of the greatest error, drawn once. */
import { randomStream } from './random.ts'
import type { SimulationSettings } from './settings.ts'

/** What is added to each node's clock; none, where all are right. */
export function skewsOf({ skew = 0, nodes, seed, run }: SimulationSettings): Int32Array | undefined {
  if (skew === 0) return undefined
  const draws = randomStream(seed, run, 'skew')
  return Int32Array.from({ length: nodes }, () => Math.round((2 * draws.random() - 1) * skew))
}
