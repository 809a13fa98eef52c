/** The result record out of recorded events: of a daemon's `watch`, of many of them, or of a simulator's trace. */
import type { GossipEvent } from './event.ts'
import { type Figures, RunRecord } from './record.ts'

/** The figures about one value, and which one. */
export interface Measured extends Figures {
  readonly nodes: number
  readonly timestamp: number
}

/** Nodes that a record may be about. */
const MAX_NODES = 10_000_000

/** How one value spread. */
export interface Course {
  readonly measured: Measured
  /** When it first came to each node that it reached, ms since its injection, rising. */
  readonly times: Float64Array
}

/**
 * One result for each value that a client handed in, in order of time.
 * @param events in any order; they are sorted by time
 */
export function measure(events: readonly GossipEvent[]): Measured[] {
  return courses(events).map((it) => it.measured)
}

/** As `measure`, of the last so many values. */
export function courses(events: readonly GossipEvent[], last = Number.POSITIVE_INFINITY): Course[] {
  const sorted = [...events].sort((a, b) => a.at - b.at)
  const numbers = new Map<string, number>()
  for (const { node } of sorted) if (!numbers.has(node)) numbers.set(node, numbers.size)
  if (numbers.size > MAX_NODES) throw new Error(`more than ${MAX_NODES} nodes`)
  return injections(sorted)
    .slice(-last)
    .map(({ start, end }) => measureOne(sorted, start, end, numbers))
}

/** From the moment a client's value is taken until the next one is. */
function injections(events: readonly GossipEvent[]): { start: number; end: number }[] {
  const starts = events.flatMap((it, i) => (it.event === 'updated' && it.peer === undefined ? [i] : []))
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? events.length }))
}

function measureOne(
  events: readonly GossipEvent[],
  start: number,
  end: number,
  numbers: ReadonlyMap<string, number>,
): Course {
  const first = events[start]!
  const timestamp = first.timestamp ?? 0
  const record = new RunRecord(numbers.size)
  const holders = new Set<string>()
  record.begin(numbers.get(first.node)!, timestamp, first.at)
  for (let i = start; i < end; i++) {
    const { event, node, timestamp: carried } = events[i]!
    note(record, events[i]!, numbers.get(node)!)
    if (event === 'updated' && carried === timestamp) holders.add(node)
    else if (event === 'stopped') holders.delete(node)
  }
  const live = numbers.size - stoppedBy(events, end).size
  const measured = { nodes: numbers.size, timestamp, ...record.figures(holders.size, live) }
  return { measured, times: record.curve() }
}

/** Tells a record of an event. @param node the number of the node that tells it */
export function note(record: RunRecord, it: GossipEvent, node: number): void {
  const { event, type, timestamp, hops = 0, at, bytes = 0 } = it
  const value = type === 'value' ? timestamp : undefined
  if (event === 'sent') record.sent(value, bytes)
  else if (event === 'received') record.received(node, value, hops, at)
  else if (event === 'lost') record.lost()
}

/** Nodes that had stopped, and not started again, before the event of that number. */
function stoppedBy(events: readonly GossipEvent[], end: number): Set<string> {
  const stopped = new Set<string>()
  for (let i = 0; i < end; i++) {
    const { event, node } = events[i]!
    if (event === 'stopped') stopped.add(node)
    else if (event === 'started') stopped.delete(node)
  }
  return stopped
}
