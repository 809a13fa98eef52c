/** What `cluster` says of the values that spread through it. */
import { setTimeout } from 'node:timers/promises'
import type { ClusterNode, RunningCluster } from '../../cluster/running-cluster.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { ReachTracker } from '../../measure/reach.ts'
import { print, tell } from './terminal.ts'

/** After how many ms it says how far a value has come that has not reached everyone. */
const PATIENCE_MS = 1000

/** Says how far values come. */
export function teller(cluster: () => RunningCluster | undefined): (event: GossipEvent) => void {
  const running = () => cluster()?.nodes.filter((it) => it.state === 'runs') ?? []
  const spread = new ReachTracker(() => running().map((it) => it.address))
  return (event) => void follow(event, spread, () => running()[0])
}

/** A line when a value has reached everyone, or how far it has come after a while. */
async function follow(
  event: GossipEvent,
  spread: ReachTracker,
  any: () => ClusterNode | undefined,
): Promise<void> {
  const { event: what, peer, timestamp } = event
  const done = spread.see(event)
  if (done !== undefined) {
    const value = await nameOf(done.timestamp, any())
    tell(
      `${value} reached all ${done.nodes} nodes in ${done.took.toFixed(1)} ms, over ${done.hops} hops at most`,
    )
  } else if (what === 'updated' && peer === undefined && timestamp !== undefined) {
    await setTimeout(PATIENCE_MS)
    const reached = spread.reached(timestamp)
    if (reached === undefined) return
    tell(`${await nameOf(timestamp, any())} has reached ${reached} nodes so far; the next period may go on`)
  }
}

/** The value of that timestamp, as long as a node holds it. */
async function nameOf(timestamp: number, node: ClusterNode | undefined): Promise<string> {
  const held = await node?.status().catch(() => undefined)
  if (held?.timestamp !== timestamp || held.value === null) return `the value of ${timestamp}`
  return JSON.stringify(held.value.length > 60 ? `${held.value.slice(0, 59)}…` : held.value)
}

/** What a strategy logs, with time and node. */
export function sayLogged({ event, at, node, text }: GossipEvent): void {
  if (event === 'log') tell(`${new Date(at).toISOString().slice(11, 23)} ${node}: ${text}`, process.stderr)
}

export function say(line: string): void {
  print(line)
}
