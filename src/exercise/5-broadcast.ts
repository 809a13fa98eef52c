import type { Protocol } from '../gossip/protocol.ts'
import type { GossipEvent } from '../measure/event.ts'
import type { RunResult } from '../measure/result.ts'
import type { StrategyExercise } from './exercise.ts'
import { atMost, firstSeed, mean, most, trial } from './trial.ts'

const SEEDS = 3
const VALUES = 300
const GOAL = { messages: 20, median: 400 }

export const broadcast: StrategyExercise = {
  number: 5,
  title: 'Broadcast',
  story:
    'Twenty-five nodes, a tenth of a second from each to each, and a hundred new values a second, anywhere. Each value is a key of its own, and all have to come to all. To tell 24 others takes 24 messages, unless a message holds more than one value.',
  target: `25 nodes, 100 ms a message, 100 values a second, 3 seeds: all are delivered, with at most ${GOAL.messages} messages a value in the mean, and a median delay under ${GOAL.median} ms; what goes to the same peer at the same moment is one message`,
  hints: [
    'Count what a value costs: so many messages leave in the time in which so many values come. Who waits a little sends several in one.',
    'Four hops of 100 ms are 400 ms already: whoever waits at each hop may not need more than three. With how many peers does a value come to 25 in three hops?',
    'On a newer value start a delay, unless one runs: after(0.005, ...) is 50 ms where a period is 10 s. When it is over send all that came meanwhile to four random peers, in one sendValue. Compare digests in periods for what was missed.',
  ],
  kind: 'strategy',
  try: '--nodes 25 --latency 100 --values 300 --rate 100/s',
  judge(it) {
    const all = Array.from({ length: SEEDS }, (_, i) => run(it, i + 1))
    const results = all.map((it) => it.result)
    return {
      figures: [
        atMost('share of all that was not delivered', most(results.map((it) => 1 - it.delivered!)), 0),
        atMost('messages a value, the mean', mean(all.map((it) => it.messages / VALUES)), GOAL.messages),
        atMost('median delay, ms, the mean', mean(results.map((it) => it.delay50!)), GOAL.median),
      ],
      seed: firstSeed(results, (it) => it.delivered! < 1),
    }
  },
}

/** Messages: what leaves for the same peer at the same moment is one. */
function run(protocol: Protocol, seed: number): { result: RunResult; messages: number } {
  let messages = 0
  let at = -1
  let leaving = new Set<string>()
  const trace = (event: GossipEvent): void => {
    if (event.event !== 'sent') return
    if (event.at !== at) {
      at = event.at
      leaving = new Set()
    }
    const way = `${event.node} ${event.peer}`
    if (!leaving.has(way)) messages += 1
    leaving.add(way)
  }
  const load = { values: VALUES, rate: 100, keys: 'new', publishers: 'all' } as const
  const latency = { kind: 'constant', ms: 100 } as const
  return { result: trial(protocol, seed, { nodes: 25, latency, ...load, until: 100_000, trace }), messages }
}
