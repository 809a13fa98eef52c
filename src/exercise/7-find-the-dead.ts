import { protocol } from '../gossip/protocol.ts'
import type { RunResult } from '../measure/result.ts'
import type { Scenario } from '../scenario/scenario.ts'
import push from '../strategy/push.ts'
import type { MembershipExercise } from './exercise.ts'
import { atMost, firstSeed, most, trials } from './trial.ts'

const SEEDS = 3
const NODES = 24
const PERIOD_MS = 1000
const LAST = 2

const DYING = [5, 9, 13, 17]
const LIVE = NODES - DYING.length

/** One dies after the other, and the last of them long before the end. */
const SCENARIO: Scenario = [
  { at: 0, do: 'propagate', node: 0, value: 'all know each other' },
  ...DYING.map((node, i) => ({ at: 4000 + 3300 * i, do: 'kill' as const, nodes: [node] })),
  { at: 20_000, do: 'cut', from: [2, 3], to: [6, 7] },
  { at: 20_600, do: 'heal' },
  { at: 30_000, do: 'network', loss: 0.05 },
]

export const findTheDead: MembershipExercise = {
  number: 7,
  title: 'Find the dead',
  story:
    'Four of 24 nodes die, one after the other, without a word. All others shall have dropped each of them within two periods, and never drop one that lives, though one message in twenty is lost, and for a while some ways are cut in one direction. This time you write a membership: it says who the peers of a node are.',
  target: `24 nodes, 5% loss, 3 seeds of 30 periods: the last live node has dropped a dead one within ${LAST} periods in the mean of a run's deaths, in no run a live one is dropped, and in the end all have all as peers`,
  hints: [
    'Who hears nothing from a peer for a period can not know whether it is dead, or a message was lost: it has to ask, and more than once.',
    'Who can not be reached need not be dead: the way to it may be cut. Whoever asks you lives. A question and its answer both arrive with probability 0.95 x 0.95: how many questions make it all but certain that one is answered?',
    'Each period ask every peer; after(0.1, ...) ask again whoever has said nothing yet, eight times; who has not said a word by the end of the period is dropped. Let the names of your peers ride on your messages, and ask those whom you do not know: only who answers becomes a peer.',
  ],
  kind: 'membership',
  try: '--nodes 24 --loss 0.05 --period 1s --strategy push --membership ./mine.ts',
  judge(members) {
    const results = trials(protocol('push', push), SEEDS, {
      nodes: NODES,
      members,
      period: PERIOD_MS,
      loss: 0.05,
      scenario: SCENARIO,
      until: 30 * PERIOD_MS,
    })
    const lastOf = (it: (typeof results)[number]): number => it.detection?.last ?? Number.POSITIVE_INFINITY
    const alarms = results.map((it) => it.detection?.falseAlarms ?? Number.POSITIVE_INFINITY)
    return {
      figures: [
        atMost(
          'periods until the last one dropped a dead node, the worst run',
          most(results.map(lastOf)),
          LAST,
        ),
        atMost('live nodes that were dropped, a node and period, the worst run', most(alarms), 0),
        atMost('live nodes that a live one lacks in the end, the worst run', most(results.map(lacking)), 0),
      ],
      seed: firstSeed(results, (it) => lastOf(it) > LAST || it.detection?.falseAlarms !== 0),
    }
  },
}

function lacking({ overlay }: RunResult): number {
  return LIVE - 1 - (overlay?.degree.min ?? 0)
}
