import { protocol } from '../gossip/protocol.ts'
import push from '../strategy/push.ts'
import type { StrategyExercise } from './exercise.ts'
import { atMost, firstSeed, mean, messagesOf, most, trials } from './trial.ts'

const SEEDS = 10
const RUN = { nodes: 200 }

export const halfTheTraffic: StrategyExercise = {
  number: 1,
  title: 'Half the traffic',
  story:
    'Push reaches everyone, and most of its messages tell a node what it knows already. Whoever pays for the network asks you to halve the bill. Nobody may be left out, and a question costs as much as an answer.',
  target:
    '200 nodes, 10 seeds: residue 0 in every run, and in the mean at most half as many messages a node, of any kind, as push needs',
  hints: [
    'Look at where push spends: at the beginning each message finds somebody new, at the end nearly none does. Which of its two handlers pays for the end?',
    'Few are left out by the first wave. They can ask: a node that holds nothing knows that it holds nothing.',
    'Tell two peers at once when a newer value comes, and nobody in a period; in its period a node that holds no item yet asks one peer, who answers with what it holds.',
  ],
  kind: 'strategy',
  try: '--nodes 200 --runs 10',
  judge(it) {
    const results = trials(it, SEEDS, RUN)
    const goal = mean(trials(protocol('push', push), SEEDS, RUN).map(messagesOf)) / 2
    return {
      figures: [
        atMost('residue, the worst run', most(results.map((it) => it.residue)), 0),
        atMost('messages a node, the mean', mean(results.map(messagesOf)), goal),
      ],
      seed: firstSeed(results, (it) => it.residue > 0),
    }
  },
}
