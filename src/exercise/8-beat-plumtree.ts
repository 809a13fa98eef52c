import { type Protocol, protocol } from '../gossip/protocol.ts'
import type { RunResult } from '../measure/result.ts'
import type { Load } from '../scenario/load.ts'
import type { Scenario, Step } from '../scenario/scenario.ts'
import { randomStream } from '../simulation/random.ts'
import plumtree from '../strategy/plumtree.ts'
import type { Measured, StrategyExercise } from './exercise.ts'
import { atMost, firstSeed, mean, messagesOf, most, trial } from './trial.ts'

const SEEDS = 2
const NODES = 1000
const PERIOD_MS = 1000
const VALUES = 20
/** Nodes that die in a second, and come back with nothing a second later: in ten seconds a tenth of all. */
const CHURN = 10
const SECONDS = 20
/** Of plumtree's figure: less is luck. */
const SHARE = 0.9

export const beatPlumtree: StrategyExercise = {
  number: 8,
  title: 'Beat plumtree',
  story:
    'Plumtree sends each value along a tree, and mends the tree where a branch is lost. A thousand nodes, of which ten a second die and come back with nothing, are not kind to trees. Be cheaper than it is, or faster, and leave nobody out whom it reaches.',
  target: `1,000 nodes, 10% churn in ten seconds, ${VALUES} values in ${SECONDS} s, 2 seeds: as many are delivered as by plumtree under the same luck, and either messages a node or the delay of 90% is at most ${SHARE} of plumtree's`,
  hints: [
    'Plumtree pays for its tree with announcements. Whoever gives up the tree pays for copies instead: which of the two is shorter on the way?',
    'You need not be better at both. A value that goes to many at once arrives sooner than one that follows a tree.',
    'Tell five or six peers at once, compare digests with one a period, so that who came back with nothing hears of all. That is faster; what it costs is not asked for.',
  ],
  kind: 'strategy',
  try: '--nodes 1000 --period 1s --values 20 --rate 1/s',
  judge(it) {
    const seeds = Array.from({ length: SEEDS }, (_, i) => i + 1)
    const theirs = seeds.map(plumtrees)
    const ours = seeds.map((seed) => run(it, seed))
    const missing = ours.map((it, i) => theirs[i]!.delivered! - it.delivered!)
    const share = (figure: (it: RunResult) => number): number =>
      mean(ours.map(figure)) / mean(theirs.map(figure))
    const [cost, delay] = [share(messagesOf), share((it) => it.delay90!)]
    const better: Measured = {
      what:
        cost < delay ? "messages a node, as a share of plumtree's" : "delay of 90%, as a share of plumtree's",
      figure: Math.min(cost, delay),
      goal: `at most ${SHARE}`,
      isMet: Math.min(cost, delay) <= SHARE,
    }
    return {
      figures: [
        atMost('share that plumtree delivers and this does not, the worst run', most(missing), 0),
        better,
      ],
      seed: firstSeed(ours, ({ seed }) => missing[seed - 1]! > 0),
    }
  },
}

/** Always the same: it need not be run for each file that is judged. */
const known = new Map<number, RunResult>()

function plumtrees(seed: number): RunResult {
  const result = known.get(seed) ?? run(protocol('plumtree', plumtree), seed)
  known.set(seed, result)
  return result
}

function run(it: Protocol, seed: number): RunResult {
  const load = { name: 'load', values: VALUES, rate: VALUES / SECONDS, keys: 'new', publishers: 1 } as const
  const until = (SECONDS + 20) * PERIOD_MS
  return trial(it, seed, { nodes: NODES, period: PERIOD_MS, scenario: churn(seed, load), until })
}

function churn(seed: number, load: Load): Scenario {
  const dice = randomStream(seed, 0, 'sample')
  const steps: Step[] = [{ at: 0, do: 'load', ...load }]
  for (let second = 1; second < SECONDS; second++) {
    // The first hands the values in.
    const nodes = Array.from({ length: CHURN }, () => 1 + Math.floor(dice.random() * (NODES - 1)))
    const dying = [...new Set(nodes)]
    steps.push({ at: second * 1000 - 500, do: 'restart', nodes: dying, state: 'lost' })
  }
  return steps
}
