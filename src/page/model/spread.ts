/** How one value spreads, out of events: who had it from whom, every message that carried it, and the figures. */
import type { GossipEvent } from '../../measure/event.ts'
import { note } from '../../measure/from-events.ts'
import { type Figures, RunRecord } from '../../measure/record.ts'

/** A node's first copy. */
export interface Infection {
  readonly node: string
  readonly at: number
  /** Null: a client gave it. */
  readonly from: string | null
  readonly hops: number
  /** Its place among the events: what happened at the same time is told in order. */
  readonly order: number
}

/** `known`: it came to a node that held it, or a newer one, already. */
export type Outcome = 'under way' | 'infected' | 'known' | 'lost' | 'refused'

/** A message that carried the value. */
export interface Flight {
  readonly from: string
  readonly to: string
  readonly hops: number
  sentAt: number
  /** When it came, or was lost; undefined while it is under way. */
  endedAt: number | undefined
  outcome: Outcome
  sentOrder: number
  endedOrder: number
}

/** A node that stopped or started while the value spread. */
export interface Change {
  readonly node: string
  readonly at: number
  readonly is: 'stopped' | 'started'
  readonly order: number
}

/** Messages kept of one value; of more only the figures go on. */
export const MAX_FLIGHTS = 20_000
const MAX_CHANGES = 1000
const MAX_TAKEN = 20_000
/** Ms by which two nodes' clocks may differ, so that a message seems to come before it was sent. */
const SKEW_MS = 50

/** What a spread can't see in events. */
export interface About {
  /** Which value of all this is, from 1 on. */
  readonly number: number
  /** A node's number, below `room`. */
  readonly numberOf: (node: string) => number
  /** Nodes that a record has room for. */
  readonly room: number
  /** Nodes that do not run. */
  readonly down: ReadonlySet<string>
}

export class Spread {
  readonly number: number
  readonly timestamp: number
  readonly startedAt: number
  /** Each node's first copy. */
  readonly infections = new Map<string, Infection>()
  /** First copies, and those that nodes took again after they had stopped. */
  readonly taken: Infection[] = []
  /** Nodes that did not run when it began. */
  readonly downAtFirst: ReadonlySet<string>
  readonly flights: Flight[] = []
  readonly changes: Change[] = []
  /** Live nodes that hold it just now. */
  readonly holders = new Set<string>()
  /** When something of it happened last. */
  lastAt: number
  /** When a node took it last. */
  lastTakenAt: number
  /** Messages that carried it beyond those in `flights`. */
  dropped = 0
  readonly #record: RunRecord
  readonly #numberOf: (node: string) => number
  /** Events seen. */
  #order = 0
  /** Messages on the way from one node to another, in the order of sending; the key is "from>to". */
  readonly #underWay = new Map<string, Flight[]>()
  /** Those that came before their sending was told. */
  readonly #early = new Map<string, Flight[]>()

  /** @param first the event of the first node that took it */
  constructor(first: GossipEvent, about: About) {
    this.timestamp = first.timestamp ?? 0
    this.startedAt = this.lastAt = this.lastTakenAt = first.at
    this.number = about.number
    this.downAtFirst = new Set(about.down)
    const { numberOf, room } = about
    this.#numberOf = numberOf
    this.#record = new RunRecord(room)
    this.#record.begin(numberOf(first.node), this.timestamp, first.at)
    this.see(first)
  }

  /** An event of any node, also one that is about another value: it counts as traffic, or ends a node. */
  see(event: GossipEvent): void {
    const { event: what, node, at } = event
    this.#order += 1
    note(this.#record, event, this.#numberOf(node))
    if (what === 'stopped' || what === 'started') {
      this.holders.delete(node)
      if (this.changes.length < MAX_CHANGES) this.changes.push({ node, at, is: what, order: this.#order })
    } else if (event.timestamp === this.timestamp && event.type === 'value') {
      this.lastAt = Math.max(this.lastAt, at)
      this.#follow(event)
    }
  }

  /** @param live nodes that run */
  figures(live: ReadonlySet<string>, nodes: number): Figures {
    let infected = 0
    for (const node of this.holders) if (live.has(node)) infected += 1
    return this.#record.figures(infected, live.size, Math.max(1, nodes))
  }

  /** [ms since the first, nodes that have had it], rising. */
  curve(): [number, number][] {
    const times = [...this.infections.values()].map(({ at }) => at - this.startedAt).sort((a, b) => a - b)
    return times.map((time, i) => [time, i + 1])
  }

  #follow({ event, node, peer, at, hops = 0 }: GossipEvent): void {
    switch (event) {
      case 'sent':
        if (peer !== undefined) this.#sent(node, peer, at, hops)
        return
      case 'lost':
        if (peer !== undefined) this.#lost(node, peer, at)
        return
      case 'received':
        if (peer !== undefined) this.#came(peer, node, at, hops)
        return
      case 'updated':
        this.#taken({ node, at, from: peer ?? null, hops, order: this.#order })
        return
      case 'refused':
        this.#judge(peer, node, 'refused')
    }
  }

  #taken(infection: Infection): void {
    const { node, at, from } = infection
    if (!this.holders.has(node) && this.taken.length < MAX_TAKEN) this.taken.push(infection)
    this.holders.add(node)
    if (!this.infections.has(node)) this.infections.set(node, infection)
    this.lastTakenAt = Math.max(this.lastTakenAt, at)
    this.#judge(from ?? undefined, node, 'infected')
  }

  #sent(from: string, to: string, at: number, hops: number): void {
    const key = `${from}>${to}`
    const early = this.#early.get(key)?.shift()
    if (early !== undefined && (early.endedAt ?? at) > at - SKEW_MS) {
      early.sentAt = Math.min(at, early.endedAt ?? at)
      return
    }
    const flight: Flight = {
      from,
      to,
      hops,
      sentAt: at,
      endedAt: undefined,
      outcome: 'under way',
      sentOrder: this.#order,
      endedOrder: this.#order,
    }
    if (this.#keep(flight)) add(this.#underWay, key, flight)
  }

  #lost(from: string, to: string, at: number): void {
    const flight = this.#underWay.get(`${from}>${to}`)?.pop()
    if (flight === undefined) return
    flight.endedAt = at
    flight.endedOrder = this.#order
    flight.outcome = 'lost'
  }

  #came(from: string, to: string, at: number, hops: number): void {
    const key = `${from}>${to}`
    const flight = this.#underWay.get(key)?.shift()
    if (flight !== undefined) {
      flight.endedAt = Math.max(at, flight.sentAt)
      flight.endedOrder = this.#order
      flight.outcome = 'known'
      return
    }
    const order = this.#order
    const early: Flight = {
      from,
      to,
      hops,
      sentAt: at,
      endedAt: at,
      outcome: 'known',
      // It was sent before it came.
      sentOrder: order - 0.5,
      endedOrder: order,
    }
    if (this.#keep(early)) add(this.#early, key, early)
  }

  /** What became of the message that came last from that peer. */
  #judge(from: string | undefined, to: string, outcome: Outcome): void {
    if (from === undefined) return
    const flight = this.flights.findLast((it) => it.from === from && it.to === to && it.outcome === 'known')
    if (flight !== undefined) flight.outcome = outcome
  }

  #keep(flight: Flight): boolean {
    if (this.flights.length === MAX_FLIGHTS) {
      this.dropped += 1
      return false
    }
    this.flights.push(flight)
    return true
  }
}

function add(to: Map<string, Flight[]>, key: string, flight: Flight): void {
  const list = to.get(key)
  if (list === undefined) to.set(key, [flight])
  else list.push(flight)
}
