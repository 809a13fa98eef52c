/** What `cluster` says of the values that spread through it. */
import { setTimeout } from 'node:timers/promises'
import type { RunningCluster } from '../../cluster/running-cluster.ts'
import { DEFAULT_KEY } from '../../gossip/value.ts'
import { type GossipEvent, isHandedIn } from '../../measure/event.ts'
import { largest, smallest } from '../../measure/extremes.ts'
import { type Followed, type Reach, ReachTracker } from '../../measure/reach.ts'
import { InTurn } from './in-turn.ts'
import { print, tell } from './terminal.ts'

/** After how many ms it says how far a value has come that has not reached everyone. */
const PATIENCE_MS = 1000
/** In so many ms a stream of values gets no more than a line. */
const STREAM_MS = 1000
/** Characters of a text, or a key. */
const SHOWN = 60

/** A value that some nodes lack after a while. */
interface Late {
  readonly value: Followed
  readonly reached: number
}

/** Says how far values come: a line when one has reached everyone, or how far it has come after a while. */
export function teller(cluster: () => RunningCluster | undefined): (event: GossipEvent) => void {
  const running = () => cluster()?.nodes.filter((it) => it.state === 'runs') ?? []
  const spread = new ReachTracker(() => running().map((it) => it.address))
  const done = new InTurn<Reach>(STREAM_MS, (those) => tell(reachedInWords(those)))
  const late = new InTurn<Late>(STREAM_MS, (those) => tell(lateInWords(those)))
  const lookLater = async (value: Followed): Promise<void> => {
    await setTimeout(PATIENCE_MS)
    const reached = spread.reached(value.timestamp, value.key)
    if (reached !== undefined) late.add({ value, reached })
  }
  return (event) => {
    const reach = spread.see(event)
    const { timestamp, key = DEFAULT_KEY, value: text } = event
    if (reach !== undefined) done.add(reach)
    else if (isHandedIn(event) && timestamp !== undefined) void lookLater({ timestamp, key, text })
  }
}

function reachedInWords(those: readonly Reach[]): string {
  const [first] = those as [Reach]
  const took = those.map((it) => it.took)
  const hops = largest(those.map((it) => it.hops))
  if (those.length === 1)
    return `${nameOf(first)} reached all ${first.nodes} nodes in ${first.took.toFixed(1)} ms, over ${hops} hops at most`
  return `${those.length} more values reached all nodes in the last second, in ${smallest(took).toFixed(1)} to ${largest(took).toFixed(1)} ms, over ${hops} hops at most`
}

function lateInWords(those: readonly Late[]): string {
  const [first] = those as [Late]
  if (those.length === 1)
    return `${nameOf(first.value)} has reached ${first.reached} nodes so far; the next period may go on`
  const least = smallest(those.map((it) => it.reached))
  return `${those.length} more values have not reached all nodes within a second, one of them ${least} so far; the next period may go on`
}

/** As a user knows it. */
function nameOf({ key, timestamp, text }: Followed): string {
  const under = key === DEFAULT_KEY ? '' : ` under ${shown(key)}`
  if (text === undefined) return `the value of ${timestamp}${under}`
  return text === null
    ? `the deletion of ${under === '' ? 'the value' : shown(key)}`
    : `${shown(text)}${under}`
}

function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text)
}

/** What a strategy logs, with time and node. */
export function sayLogged({ event, at, node, text }: GossipEvent): void {
  if (event === 'log') tell(`${new Date(at).toISOString().slice(11, 23)} ${node}: ${text}`, process.stderr)
}

export function say(line: string): void {
  print(line)
}
