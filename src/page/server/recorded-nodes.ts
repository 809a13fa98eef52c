/** What is known of nodes at the end of a recording. */
import { DEFAULT_KEY } from '../../gossip/default-key.ts'
import type { EVENT_NAMES, GossipEvent } from '../../measure/event.ts'
import type { NodeList, NodeRow } from '../wire.ts'

/** All that tell something or are told of, in the order of their addresses. */
export function nodesIn(events: readonly GossipEvent[]): string[] {
  const found = new Set<string>()
  for (const { node, peer, event } of events) {
    if (event !== 'network') found.add(node)
    if (peer !== undefined) found.add(peer)
  }
  return [...found].sort(new Intl.Collator('en', { numeric: true }).compare)
}

type Counter = 'sent' | 'received' | 'updates' | 'ignored' | 'refused'
const COUNTERS: Partial<Record<(typeof EVENT_NAMES)[number], Counter>> = {
  sent: 'sent',
  received: 'received',
  updated: 'updates',
  ignored: 'ignored',
  refused: 'refused',
}

/** Of a node that told nothing itself nobody knows how it was. */
export function rowsOf(nodes: readonly string[], events: readonly GossipEvent[]): NodeList {
  const known = new Map(nodes.map((address, number) => [address, new Recorded(number, address)]))
  const end = events.at(-1)?.at ?? 0
  for (const event of events) known.get(event.node)?.see(event)
  return { kind: 'nodes', nodes: [...known.values()].map((it) => it.row(end)) }
}

class Recorded {
  readonly #number: number
  readonly #address: string
  readonly #counters = { sent: 0, received: 0, updates: 0, ignored: 0, refused: 0 }
  readonly #peers = new Set<string>()
  /** Of which it holds a value. */
  readonly #keys = new Set<string>()
  #state: NodeRow['state'] = 'unreachable'
  #timestamp: number | null = null
  #value: string | null = null
  #since: number | undefined

  constructor(number: number, address: string) {
    this.#number = number
    this.#address = address
  }

  see({ event, at, peer, timestamp, key = DEFAULT_KEY, value }: GossipEvent): void {
    this.#state = stateAfter(event, this.#state)
    this.#since ??= at
    const counter = COUNTERS[event]
    if (counter !== undefined) this.#counters[counter] += 1
    if (event === 'updated' && timestamp !== undefined) this.#take(key, timestamp, value)
    else if (event === 'started') this.#begin(at, key, timestamp)
    else if (event === 'peer-up' && peer !== undefined) this.#peers.add(peer)
    else if (event === 'peer-down' && peer !== undefined) this.#peers.delete(peer)
  }

  row(end: number): NodeRow {
    return {
      number: this.#number,
      address: this.#address,
      state: this.#state,
      strategy: '',
      value: this.#value,
      timestamp: this.#timestamp,
      values: this.#keys.size,
      interested: null,
      peers: this.#peers.size,
      ...this.#counters,
      uptime: this.#state !== 'dead' && this.#since !== undefined ? (end - this.#since) / 1000 : 0,
    }
  }

  #take(key: string, timestamp: number, value: string | null | undefined): void {
    if (value === null) this.#keys.delete(key)
    else this.#keys.add(key)
    if (key !== DEFAULT_KEY) return
    this.#timestamp = timestamp
    this.#value = value ?? null
  }

  /** What it held before is lost, unless it says of one value that it kept it: then it kept all. */
  #begin(at: number, key: string, kept: number | undefined): void {
    this.#since = at
    this.#peers.clear()
    if (kept === undefined) this.#keys.clear()
    else this.#keys.add(key)
    if (kept !== undefined && key !== DEFAULT_KEY) return
    if (kept !== this.#timestamp) this.#value = null
    this.#timestamp = kept ?? null
  }
}

function stateAfter(event: GossipEvent['event'], state: NodeRow['state']): NodeRow['state'] {
  if (event === 'stopped') return 'dead'
  if (event === 'paused') return 'paused'
  return state === 'paused' && event !== 'resumed' && event !== 'started' ? 'paused' : 'runs'
}
