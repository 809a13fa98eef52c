import type { StrategyExercise } from './exercise.ts'
import { atMost, firstSeed, messagesOf, most, trials } from './trial.ts'

const SEEDS = 5
const LINES = [2, 20, 200]

export const alongALine: StrategyExercise = {
  number: 2,
  title: 'Along a line',
  story:
    'Sensors stand along a road, and each hears only the one before and the one behind. A value begins somewhere at the end of the road. Random peers do not help: there are two at most.',
  target:
    'lines of 2, 20 and 200 nodes, 5 seeds each: residue 0 in every run, and at most 1 message a node of any kind',
  hints: [
    'On a line a node has two peers, and one of them has just told it the value.',
    'Whoever stops with some probability stops the value for all that are behind: 0.9 of 200 steps is nobody.',
    'node.peers lists all; handlers are told from whom a value came. Tell each peer but that one, once, and do nothing in a period.',
  ],
  kind: 'strategy',
  try: '--nodes 200 --topology line',
  judge(it) {
    const topology = { kind: 'line' } as const
    const results = LINES.flatMap((nodes) => trials(it, SEEDS, { nodes, topology, until: 100_000 }))
    return {
      figures: [
        atMost('residue, the worst run', most(results.map((it) => it.residue)), 0),
        atMost('messages a node, the worst run', most(results.map(messagesOf)), 1),
      ],
      seed: firstSeed(results, (it) => it.residue > 0 || messagesOf(it) > 1),
    }
  },
}
