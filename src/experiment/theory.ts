/** What the literature's formulas say of a cell, to stand beside what was measured. */
import type { Population } from '../gossip/population.ts'
import type { Figure } from '../measure/figures.ts'
import type { RunSettings } from './settings.ts'

export interface Prediction {
  readonly figure: Figure
  readonly value: number
  readonly formula: string
  readonly source: string
}

/**
 * Formulas hold for one strategy, where everyone may pick anyone and nothing is done to the cluster.
 * @returns none where there is no formula
 */
export function predictionsFor(population: Population, settings: RunSettings): Prediction[] {
  const [{ protocol }, ...others] = population
  const { topology, scenario, duplicate, membership } = settings
  if (
    membership !== undefined ||
    others.length > 0 ||
    topology.kind !== 'full' ||
    scenario !== undefined ||
    duplicate > 0
  )
    return []
  return FORMULAS[protocol.name]?.(protocol.options, settings) ?? []
}

type Formula = (options: Readonly<Record<string, unknown>>, settings: RunSettings) => Prediction[]

const FORMULAS: Readonly<Record<string, Formula>> = {
  'infect-and-die': ({ fanout }, { loss, crash }) => {
    // A message is in vain if it is lost, or goes to a node that has crashed.
    const f = Number(fanout) * (1 - loss) * (1 - crash)
    return [
      {
        figure: 'residue',
        value: finalResidue(f),
        formula: loss + crash > 0 ? 'r = e^(-f(1-loss)(1-crash)(1-r))' : 'r = e^(-f(1-r))',
        source: 'Eugster et al. 2004; Kermack, McKendrick 1927',
      },
    ]
  },
  push: ({ fanout }, { rounds, nodes, loss, crash, until }) =>
    rounds && fanout === 1 && loss + crash === 0 && until === undefined
      ? [
          {
            figure: 'tLast',
            value: Math.log2(nodes) + Math.log(nodes),
            // This push tells at once, too, where Pittel's tells once a round.
            formula: '<= log2 n + ln n + O(1)',
            source: 'Pittel 1987',
          },
        ]
      : [],
  rumor: ({ direction, feedback, counter, k }, { loss, crash }) =>
    direction === 'push' && feedback === true && counter === false && loss + crash === 0
      ? [
          {
            figure: 'residue',
            value: finalResidue(Number(k) + 1),
            formula: 's = e^(-(k+1)(1-s))',
            source: 'Demers et al. 1987, section 1.4',
          },
        ]
      : [],
  flood: (_options, { nodes, loss, crash }) =>
    loss + crash === 0
      ? [
          {
            figure: 'traffic',
            value: (nodes - 1) ** 2 / nodes,
            formula: '(n-1)^2 / n',
            source: 'all tell all but the one they have it from',
          },
        ]
      : [],
}

/** The smallest solution of r = e^(-f(1-r)); 1 where an infected node tells at most one other on average. */
export function finalResidue(f: number): number {
  if (f <= 1) return 1
  let r = 0
  for (let i = 0; i < 10_000; i++) {
    const next = Math.exp(-f * (1 - r))
    if (Math.abs(next - r) < 1e-12) return next
    r = next
  }
  return r
}
