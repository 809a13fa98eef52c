import type { Scenario } from '../scenario/scenario.ts'
import type { StrategyExercise } from './exercise.ts'
import { atMost, firstSeed, mean, messagesOf, most, trials } from './trial.ts'

const SEEDS = 10
const NODES = 60
const PERIOD_MS = 1000
const CUT = 20
const HEALED = 8
const MESSAGES = 40

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

/** Each half takes a value of its own; the right one's is newer. */
const SCENARIO: Scenario = [
  { at: 0, do: 'partition', groups: [numbers(0, NODES / 2), numbers(NODES / 2, NODES)] },
  { at: 1000, do: 'propagate', node: 0, value: 'of the left half' },
  { at: 2000, do: 'propagate', node: NODES - 1, value: 'of the right half' },
  { at: CUT * PERIOD_MS, do: 'heal' },
  { at: (CUT + HEALED) * PERIOD_MS, do: 'network', loss: 0 },
]

export const healAPartition: StrategyExercise = {
  number: 4,
  title: 'Heal a partition',
  story:
    'A cable is cut, and for twenty periods each half of the cluster lives on with a value of its own. Then the cable is mended, and nobody tells the nodes. A rumor that has died by then never gets across; who shouts all the time gets across, and pays for it.',
  target: `60 nodes, 10 seeds: ${HEALED} periods after a partition of ${CUT} periods all hold the newer value, for at most ${MESSAGES} messages a node of any kind in all ${CUT + HEALED} periods`,
  hints: [
    'What spreads the value after the mending has to be something that goes on for ever, and so it has to be cheap.',
    'To find out that two nodes differ takes far less than to tell each other everything: compare first.',
    'Each period one digest to one random peer, who sends what it has newer, and asks for what it lacks: two messages a node and period where nothing differs would be too many; one is enough if only a difference is answered.',
  ],
  kind: 'strategy',
  try: '--nodes 60 --period 1s --scenario partition-longer-than-expiry',
  judge(it) {
    const until = (CUT + HEALED) * PERIOD_MS
    const results = trials(it, SEEDS, { nodes: NODES, period: PERIOD_MS, scenario: SCENARIO, until })
    return {
      figures: [
        atMost('residue, the worst run', most(results.map((it) => it.residue)), 0),
        atMost('messages a node, the mean', mean(results.map(messagesOf)), MESSAGES),
      ],
      seed: firstSeed(results, (it) => it.residue > 0),
    }
  },
}
