/** How one value spreads, out of events: who had it from whom, every message that carried it, and the figures. */
import { DEFAULT_KEY } from '../../gossip/default-key.ts'
import type { GossipEvent } from '../../measure/event.ts'
import type { Figures } from '../../measure/figures.ts'
import { Holders } from '../../measure/holders.ts'
import { figuresOf, note, Recorder, type Totals } from '../../measure/recorder.ts'
import type { Counted, Network } from '../wire.ts'
import { type Flight, Flights, type Room } from './flights.ts'

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

/**
 * What became of a node while the value spread. `found`: it was seen to hold the value, but not how it came. `lost` and
 * `back`: it could not be reached any more, and could be again; that was seen, not told, a little later than it was.
 */
export interface Change {
  readonly node: string
  readonly at: number
  readonly is: 'stopped' | 'started' | 'paused' | 'resumed' | 'found' | 'lost' | 'back'
  /** Of one that started, or is back: did it keep the value? */
  readonly keeps: boolean
  readonly order: number
}

/** The network changed while the value spread. */
export interface Turn {
  readonly at: number
  readonly network: Network
  readonly order: number
}

const MAX_CHANGES = 1000
const MAX_TURNS = 200
const MAX_TAKEN = 20_000

/** Nodes that a record has room for at first. */
const ROOM = 64

/** What a spread can't see in events. */
export interface About {
  /** Which value of all this is, from 1 on. */
  readonly number: number
  readonly key: string
  readonly timestamp: number
  /** When a client handed it in or, where that was not seen, when it was first known of. */
  readonly startedAt: number
  /** Was it seen how it was handed in? */
  readonly isWhole: boolean
  /** A node's number, from 0 on. */
  readonly numberOf: (node: string) => number
  /** Nodes that do not run, and that pause. */
  readonly down: ReadonlySet<string>
  readonly paused: ReadonlySet<string>
  readonly network: Network
  /** Nodes that are known to hold it. */
  readonly holders: readonly string[]
  /** For its messages. */
  readonly room: Room
}

/** Where its injection was not seen nobody knows what was counted, and how long it took: these are left out. */
export type KnownFigures = Partial<Figures> & Pick<Figures, 'infected' | 'residue'>

export class Spread {
  readonly number: number
  readonly key: string
  readonly timestamp: number
  readonly startedAt: number
  readonly isWhole: boolean
  /** Each node's first copy. */
  readonly infections = new Map<string, Infection>()
  /** First copies, and those that nodes took again after they had stopped. */
  readonly taken: Infection[] = []
  /** Nodes that did not run, that paused, and that held it when it began; and the network then. */
  readonly atFirst: {
    readonly down: ReadonlySet<string>
    readonly paused: ReadonlySet<string>
    readonly held: ReadonlySet<string>
    readonly network: Network
  }
  readonly changes: Change[] = []
  readonly turns: Turn[] = []
  /** Live nodes that hold it just now. */
  readonly holders: Holders
  /** Nodes that hold it, or held it, and nobody saw how it came. */
  readonly unseen = new Set<string>()
  /** When something of it happened last. */
  lastAt: number
  /** When a node took it last. */
  lastTakenAt: number
  readonly #record: Recorder
  readonly #numberOf: (node: string) => number
  /** What was counted besides, of events that were not told. */
  #counted: Counted | undefined
  /** As it was when a newer value came: what follows is about that one. */
  #over: { readonly infected: number; readonly live: number } | undefined
  /** Events seen. */
  #order = 0
  readonly #flights: Flights
  /** When it came to nodes that have not taken it yet. */
  readonly #cameAt = new Map<string, number>()
  /** Nodes that do not run. */
  readonly #down: Set<string>
  /** Nodes that held it when they stopped. */
  readonly #stopped = new Set<string>()

  /** @param first the event that it was first known by, if it was one */
  constructor(about: About, first?: GossipEvent) {
    const { key, timestamp, startedAt, isWhole, number, numberOf, down, paused, network, holders, room } =
      about
    this.key = key
    this.timestamp = timestamp
    this.startedAt = this.lastAt = this.lastTakenAt = startedAt
    this.isWhole = isWhole
    this.number = number
    this.atFirst = { down: new Set(down), paused: new Set(paused), held: new Set(holders), network }
    this.#numberOf = numberOf
    this.#flights = new Flights(room)
    this.#down = new Set(down)
    this.holders = new Holders(timestamp, key, new Map(holders.map((it) => [it, startedAt])))
    for (const it of holders) this.unseen.add(it)
    const origin = first === undefined ? 0 : numberOf(first.node)
    this.#record = new Recorder(Math.max(ROOM, origin + 1))
    this.#record.begin(origin, timestamp, startedAt, key)
    if (first !== undefined) this.see(first)
  }

  /** An event of any node, also one that is about another value: it counts as traffic, or ends a node. */
  see(event: GossipEvent): void {
    const { event: what, node, at } = event
    const hasIt = this.holders.has(node)
    this.holders.see(event)
    this.#keep(event, hasIt)
    if (this.isOver) return
    this.#order += 1
    const number = this.#numberOf(node)
    this.#record.grow(number + 1)
    note(this.#record, event, number)
    if (what === 'stopped' || what === 'started' || what === 'paused' || what === 'resumed')
      this.#change(node, at, what, this.holders.has(node))
    else if (this.isAbout(event)) {
      this.lastAt = Math.max(this.lastAt, at)
      this.#follow(event, hasIt)
    }
    if (this.holders.has(node)) this.#meet(node, at, what === 'started')
  }

  /** Does that message carry it, or that node take it? */
  isAbout({ type, timestamp, key = DEFAULT_KEY }: GossipEvent): boolean {
    return timestamp === this.timestamp && type === 'value' && key === this.key
  }

  /** The network is another from then on. */
  turn(at: number, network: Network): void {
    if (this.isOver || this.turns.length === MAX_TURNS) return
    this.#order += 1
    this.turns.push({ at, network, order: this.#order })
  }

  /** A node says that it holds it. */
  find(node: string, at: number): void {
    if (this.holders.has(node)) return
    this.holders.add(node, at)
    if (this.isOver) return
    this.#order += 1
    this.#meet(node, at, this.infections.has(node))
  }

  /** A node can't be reached any more. */
  lose(node: string, at: number): void {
    if (this.isOver || this.#down.has(node)) return
    this.#order += 1
    this.#change(node, at, 'lost', false)
  }

  /** It can be again. @param keeps does it hold the value? */
  regain(node: string, at: number, keeps: boolean): void {
    if (!keeps) this.holders.delete(node)
    if (this.isOver || !this.#down.has(node)) return
    this.#order += 1
    this.#change(node, at, 'back', keeps)
  }

  /** Events that carried no news were counted by who could not tell them. */
  count(more: Counted): void {
    this.#counted = more
  }

  /** A newer value of its key came: its figures are those of now. @param live nodes that run */
  end(live: ReadonlySet<string>): void {
    this.#over ??= { infected: this.#infected(live), live: live.size }
  }

  /** Messages that carried it. */
  get flights(): readonly Flight[] {
    return this.#flights.all
  }

  /** Messages that carried it beyond those in `flights`. */
  get dropped(): number {
    return this.#flights.dropped + (this.#counted?.withValue ?? 0)
  }

  get isOver(): boolean {
    return this.#over !== undefined
  }

  /** Nodes that have had it. */
  get had(): number {
    return this.infections.size + this.unseen.size
  }

  /** Ms from its injection to the first copy of the node reached last; null where that is not known. */
  get took(): number | null {
    return this.isWhole ? this.#record.totals().timeLast : null
  }

  /** @param live nodes that run */
  figures(live: ReadonlySet<string>, nodes: number): KnownFigures {
    const { infected, live: count } = this.#over ?? { infected: this.#infected(live), live: live.size }
    const figures = figuresOf(this.#totals(), infected, count, Math.max(1, nodes))
    return this.isWhole ? figures : { infected, residue: figures.residue }
  }

  /** [ms since its injection, nodes that have had it], rising; empty where its injection was not seen. */
  curve(): [number, number][] {
    return this.isWhole ? [...this.#record.curve()].map((time, i) => [time, i + 1]) : []
  }

  /** A node that starts again tells of one value that it still holds: it holds those of other keys, too, then. */
  #keep({ event, node, at, timestamp, key = DEFAULT_KEY }: GossipEvent, hadIt: boolean): void {
    if (event === 'stopped' && hadIt) this.#stopped.add(node)
    if (event !== 'started' || !this.#stopped.delete(node)) return
    if (timestamp !== undefined && key !== this.key) this.holders.add(node, at)
  }

  #infected(live: ReadonlySet<string>): number {
    let infected = 0
    for (const node of this.holders) if (live.has(node)) infected += 1
    return infected
  }

  #totals(): Totals {
    const totals = this.#record.totals()
    const more = this.#counted
    if (more === undefined) return totals
    return {
      ...totals,
      receptions: totals.receptions + more.receptions,
      withValue: totals.withValue + more.withValue,
      without: totals.without + more.without,
      bytes: totals.bytes + more.bytes,
      lost: totals.lost + more.lost,
      duplicated: totals.duplicated + more.duplicated,
    }
  }

  #change(node: string, at: number, is: Change['is'], keeps: boolean): void {
    if (is === 'started' || is === 'back') this.#down.delete(node)
    if (is === 'stopped' || is === 'lost') {
      this.#cameAt.delete(node)
      this.#down.add(node)
      this.#flights.stopped(node, { at, order: this.#order })
    }
    if (this.changes.length === MAX_CHANGES) return
    this.changes.push({ node, at, is, keeps, order: this.#order })
  }

  /** @param hasIt did the node hold it before? */
  #follow({ event, node, peer, at, hops = 0 }: GossipEvent, hasIt: boolean): void {
    const when = { at, order: this.#order }
    if (event === 'updated') this.#took({ node, from: peer ?? null, hops, ...when })
    if (peer === undefined) return
    if (event === 'sent') this.#flights.sent(node, peer, when, hops, this.#down.has(peer))
    else if (event === 'lost') this.#flights.lost(node, peer, when)
    else if (event === 'received') {
      this.#flights.came(peer, node, when, hops)
      if (!hasIt && !this.#cameAt.has(node)) this.#cameAt.set(node, at)
    } else if (event === 'updated') this.#flights.judge(peer, node, 'infected')
    else if (event === 'refused') this.#flights.judge(peer, node, 'refused')
  }

  /** Its time is when it came, as in the figures, not when it was read. */
  #took(told: Infection): void {
    const { node } = told
    const at = this.#cameAt.get(node) ?? told.at
    const infection = { ...told, at }
    this.#cameAt.delete(node)
    if (this.taken.length < MAX_TAKEN) this.taken.push(infection)
    if (!this.infections.has(node)) this.infections.set(node, infection)
    this.unseen.delete(node)
    this.lastTakenAt = Math.max(this.lastTakenAt, at)
  }

  /** A node holds it, and nothing tells how it came. */
  #meet(node: string, at: number, isTold: boolean): void {
    if (this.infections.has(node) || this.unseen.has(node)) return
    this.unseen.add(node)
    if (!isTold) this.#change(node, at, 'found', true)
  }
}
