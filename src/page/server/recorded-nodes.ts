/** What is known of nodes at the end of a recording. */
import { DEFAULT_KEY } from '../../gossip/default-key.ts'
import type { EVENT_NAMES, GossipEvent } from '../../measure/event.ts'
import { Life } from '../../measure/life.ts'
import { MAX_DRAWN, type NodeList, type NodeRow, type Peers } from '../wire.ts'
import { RecordedPeers } from './recorded-peers.ts'

export class RecordedNodes {
  /** Events of all. */
  events = 0
  /** All that tell something or are told of; what is known of each as long as they are few enough to be drawn. */
  readonly #nodes = new Map<string, Named>()
  readonly #life = new Life()
  /** As long as they are few enough. */
  #peers: RecordedPeers | undefined = new RecordedPeers()
  #lastAddress: string | undefined
  #last: Named | undefined
  /** Nodes that tell something. */
  #telling = 0
  readonly #lastStops = new Map<string, GossipEvent>()
  /** When the last event was that is none of those. */
  #at = 0
  /** When any was. */
  #lastAt = 0

  /** @param event one that is not earlier than the one before */
  see(event: GossipEvent): void {
    const { event: what, node, peer, at } = event
    this.events += 1
    if (peer !== undefined) this.#of(peer).isToldOf = true
    if (what !== 'network') {
      const isLeaving = this.#life.see(event)
      // Most tell several things at a time.
      const named = node === this.#lastAddress ? this.#last! : this.#of(node)
      this.#lastAddress = node
      this.#last = named
      if (named.events === 0) this.#telling += 1
      named.events += 1
      named.recorded?.see(event)
      if (this.#nodes.size > MAX_DRAWN) this.#peers = undefined
      if (isLeaving) this.#peers?.keep([...this.#running(), node], at)
      this.#peers?.see(event)
    }
    this.#lastAt = at
    if (what === 'stopped') this.#stopped(event)
    else this.#at = at
  }

  /** How many. */
  get size(): number {
    return this.#nodes.size
  }

  /** Of one that ends with its cluster, how its nodes left: it is shown as it is measured, as it was before. */
  get ending(): ReadonlySet<GossipEvent> {
    if (!this.#life.hasEnded(this.#telling)) return new Set()
    return new Set([...this.#life.leaving].flatMap((it) => this.#lastStops.get(it) ?? []))
  }

  /** In the order of their addresses. */
  get addresses(): string[] {
    const ending = this.ending
    return [...this.#nodes]
      .filter(
        ([address, it]) => it.isToldOf || it.events > (ending.has(this.#lastStops.get(address)!) ? 1 : 0),
      )
      .map(([address]) => address)
      .sort(new Intl.Collator('en', { numeric: true }).compare)
  }

  /** Of at most `MAX_DRAWN`. Of a node that told nothing itself nobody knows how it was. */
  rows(): NodeList {
    const ending = this.ending
    let end = this.#at
    for (const it of this.#lastStops.values()) if (!ending.has(it)) end = Math.max(end, it.at)
    const nodes = this.addresses.map((address, number) => {
      const isEnding = ending.has(this.#lastStops.get(address)!)
      return this.#nodes.get(address)!.recorded!.row({ number, address, end, isEnding })
    })
    return { kind: 'nodes', nodes }
  }

  /** Of at most `MAX_DRAWN`: how they are at the end and, where that is known, whom each may pick. */
  told(): (NodeList | Peers)[] {
    if (!this.#life.hasEnded(this.#telling)) this.#peers?.keep(this.#running(), this.#lastAt)
    const peers = this.#peers?.told(this.addresses)
    return [this.rows(), ...(peers === undefined ? [] : [peers])]
  }

  #running(): string[] {
    return [...this.#nodes].flatMap(([address, it]) =>
      it.events > 0 && this.#life.runs(address) ? [address] : [],
    )
  }

  #of(address: string): Named {
    const known = this.#nodes.get(address)
    if (known !== undefined) return known
    const recorded = this.#nodes.size < MAX_DRAWN ? new Recorded() : undefined
    const named = { isToldOf: false, events: 0, recorded }
    this.#nodes.set(address, named)
    return named
  }

  #stopped(event: GossipEvent): void {
    const before = this.#lastStops.get(event.node)
    if (before !== undefined) this.#at = Math.max(this.#at, before.at)
    this.#lastStops.set(event.node, event)
  }
}

interface Named {
  isToldOf: boolean
  /** That it told. */
  events: number
  readonly recorded: Recorded | undefined
}

type Counter = 'sent' | 'received' | 'updates' | 'ignored' | 'refused'
const COUNTERS: Partial<Record<(typeof EVENT_NAMES)[number], Counter>> = {
  sent: 'sent',
  received: 'received',
  updated: 'updates',
  ignored: 'ignored',
  refused: 'refused',
}

interface About {
  readonly number: number
  readonly address: string
  /** When the recording ends. */
  readonly end: number
  /** Does it leave with the cluster? */
  readonly isEnding: boolean
}

class Recorded {
  readonly #counters = { sent: 0, received: 0, updates: 0, ignored: 0, refused: 0 }
  readonly #peers = new Set<string>()
  /** Of which it holds a value. */
  readonly #keys = new Set<string>()
  #state: NodeRow['state'] = 'unreachable'
  /** The same, had it not stopped when it did so last. */
  #stateWithoutStop: NodeRow['state'] = 'unreachable'
  #timestamp: number | null = null
  #value: string | null = null
  #since: number | undefined
  #events = 0

  see({ event, at, peer, timestamp, key = DEFAULT_KEY, value, since = at }: GossipEvent): void {
    this.#events += 1
    const before = this.#state
    this.#state = stateAfter(event, before)
    if (event === 'stopped') this.#stateWithoutStop = before
    else if (before === this.#stateWithoutStop) this.#stateWithoutStop = this.#state
    else this.#stateWithoutStop = stateAfter(event, this.#stateWithoutStop)
    const counter = COUNTERS[event]
    if (counter !== undefined) this.#counters[counter] += 1
    if (event === 'updated' && timestamp !== undefined) this.#take(key, timestamp, value)
    else if (event === 'started') this.#begin(since, key, timestamp)
    else if (event === 'peer-up' && peer !== undefined) this.#peers.add(peer)
    else if (event === 'peer-down' && peer !== undefined) this.#peers.delete(peer)
    this.#since ??= at
  }

  row({ number, address, end, isEnding }: About): NodeRow {
    const state = isEnding ? this.#stateWithoutStop : this.#state
    const since = isEnding && this.#events === 1 ? undefined : this.#since
    return {
      number,
      address,
      state,
      strategy: '',
      value: this.#value,
      timestamp: this.#timestamp,
      values: this.#keys.size,
      interested: null,
      peers: this.#peers.size,
      ...this.#counters,
      uptime: state !== 'dead' && since !== undefined ? (end - since) / 1000 : 0,
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
  #begin(since: number, key: string, kept: number | undefined): void {
    this.#peers.clear()
    // It ran on.
    if (this.#since === since) return
    this.#since = since
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
