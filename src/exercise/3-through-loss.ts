import type { StrategyExercise } from './exercise.ts'
import { atMost, firstSeed, mean, messagesOf, most, trials } from './trial.ts'

const SEEDS = 20
const GOAL = { periods: 3, messages: 6 }
const PERIOD_MS = 1000

export const throughLoss: StrategyExercise = {
  number: 3,
  title: 'Through loss',
  story:
    'A third of all messages vanishes, and nobody is told which. Infect and die leaves a tenth of the nodes without the value. To send more is the obvious way out, and the dear one.',
  target: `200 nodes, 30% loss, 20 seeds: residue 0 within ${GOAL.periods} periods in every run, and in the mean at most ${GOAL.messages} messages a node of any kind`,
  hints: [
    'A message that is lost looks like one that was never sent: what was said once has to be said, or asked for, again.',
    'Repeat in periods, when most know: a node that knows may tell, one that does not may ask. Which of the two is rarer at the end?',
    'Tell three at once, and in each period let a node that holds nothing ask two peers: two answers are lost together with probability (1 - 0.49)^2 only. What is asked for again comes.',
  ],
  kind: 'strategy',
  try: '--nodes 200 --loss 0.3 --period 1s --runs 20',
  judge(it) {
    const results = trials(it, SEEDS, {
      nodes: 200,
      loss: 0.3,
      period: PERIOD_MS,
      until: GOAL.periods * PERIOD_MS,
    })
    return {
      figures: [
        atMost('residue, the worst run', most(results.map((it) => it.residue)), 0),
        atMost('messages a node, the mean', mean(results.map(messagesOf)), GOAL.messages),
      ],
      seed: firstSeed(results, (it) => it.residue > 0),
    }
  },
}
