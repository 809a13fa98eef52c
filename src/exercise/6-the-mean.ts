import type { StrategyExercise } from './exercise.ts'
import { atMost, firstSeed, most, trials } from './trial.ts'

const SEEDS = 3
const SIZES = [36, 100]
const PERIODS = 600
const ERROR = 1e-6

export const theMean: StrategyExercise = {
  number: 6,
  title: 'The mean',
  story:
    'Each node of a torus begins with a number of its own, node.number, and knows its four neighbours. All shall know the mean of all numbers, and nobody collects them. Say what you believe by node.report("mean", ...).',
  target: `tori of 36 and 100 nodes, 3 seeds each: within ${PERIODS} periods every node's estimate is within 1e-6 of the mean, as a share of it`,
  hints: [
    'What is kept and what is sent must add up to what was there before: a mean of means that come by chance is another number.',
    'A node that takes the mean of itself and what it hears changes the sum. Give away half of what you have, instead.',
    'Halve a sum and a weight, which begins as 1, each period, and send the other halves to one neighbour, who adds them: the estimate is sum / weight. Kempe, Dobra and Gehrke call it Push-Sum.',
  ],
  kind: 'strategy',
  try: '--nodes 100 --topology torus',
  judge(it) {
    const topology = { kind: 'torus' } as const
    const period = 1000
    const results = SIZES.flatMap((nodes) =>
      trials(it, SEEDS, { nodes, topology, period, until: PERIODS * period, maxMessages: 1e6 }),
    )
    const errors = results.map((it) => errorOf(it.reports?.mean?.error))
    return {
      figures: [atMost('error of the worst estimate, as a share of the mean', most(errors), ERROR)],
      seed: firstSeed(results, (it) => errorOf(it.reports?.mean?.error) > ERROR),
    }
  },
}

/** Who reports nothing is as far off as can be. */
function errorOf(error = Number.POSITIVE_INFINITY): number {
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error
}
