/**
 * The daemon's view of peers: a bounded table, filled by what peers say of themselves and of each other.
 *
 * A peer is alive as long as its heartbeat grows, judged by the reader's own clock (as in van Renesse, Minsky,
 * Hayden 1998, "A gossip-style failure detection service", section 2). One that does not for `expiry` is gone.
 * What others say does not bring it back: a grown heartbeat only makes it worth asking (a revival), and what it then
 * says itself revives it. So the dead stay dead, and what lived on behind a partition returns.
 */
import { heartbeatIn, type PeerRow } from '../message.ts'
import type { Address } from '../strategy.ts'
import { isExcepted } from './except.ts'
import { Forgotten } from './forgotten.ts'
import { pick } from './pick.ts'
import type { Change, Except, Gone, PeerView } from './view.ts'

export interface TableLimits {
  /**
   * Ms without a grown heartbeat after which a peer is gone; longer in proportion where more peers are known
   * than some messages can name (4 x `rowsPerMessage`), because a heartbeat then takes longer to come round.
   */
  readonly expiry: number
  /** Rows a message carries, the sender's own included. */
  readonly rowsPerMessage: number
  /** Peers known at a time. */
  readonly maxPeers: number
  /** Peers remembered after they are gone, to be asked now and then. */
  readonly maxForgotten: number
}

export const TABLE_DEFAULTS = { rowsPerMessage: 32, maxPeers: 1024, maxForgotten: 256 } as const

/** Periods without a grown heartbeat after which a peer is gone, unless something else is asked for. */
export const EXPIRY_PERIODS = 6

/**
 * How readily a peer's place goes to another one that speaks for itself, where there is none left: 0 is not at all,
 * a greater number goes first.
 */
export type EvictionPriority = (peer: Address, to: Address) => number

interface Row {
  readonly address: Address
  heartbeat: number
  /** When the heartbeat last grew, by this node's monotonic clock. */
  grewAt: number
  /** Failures in a row, and until when the peer is passed over for them. */
  tries: number
  pausedUntil: number
}

/** Is a peer whose heartbeat last grew at `grewAt` still alive? */
export function isAlive(grewAt: number, now: number, expiry: number): boolean {
  return now - grewAt < expiry
}

/** Ms for which a peer is passed over after its `tries`th failure in a row: 1 s, doubled each time, 60 s at most. */
export function nextPause(tries: number): number {
  return Math.min(1000 * 2 ** (tries - 1), 60_000)
}

function goneOf({ address, tries }: Row): Gone {
  return { peer: address, wasUp: tries === 0 }
}

/**
 * Ms by which a heartbeat that others tell may be ahead of this node's clock. One that is made up could not be
 * outgrown by the peer's own otherwise, and no clock that is meant to be right is a day ahead.
 */
export const MAX_AHEAD_MS = 86_400_000

export class PeerTable implements PeerView {
  #self: Address
  readonly #limits: TableLimits
  readonly #evictionPriority: EvictionPriority
  readonly #rows = new Map<Address, Row>()
  readonly #addresses: Address[] = []
  readonly #forgotten: Forgotten
  #heartbeat: number
  /** What this node's clock said last. */
  #clock: number
  #lastPeriod = Number.POSITIVE_INFINITY
  #freshest: { readonly at: number; readonly rows: readonly Row[] } | undefined

  /** @param priority who makes room in a full table; by default everybody alike */
  constructor(self: Address, limits: TableLimits, clock: number, priority: EvictionPriority = () => 1) {
    this.#self = self
    this.#evictionPriority = priority
    this.#limits = limits
    this.#forgotten = new Forgotten(limits.maxForgotten)
    this.#heartbeat = clock
    this.#clock = clock
  }

  get size(): number {
    return this.#rows.size
  }

  list(now: number): Address[] {
    return this.#addresses.filter((it) => !this.#isPaused(it, now))
  }

  pick(k: number, except: Except, random: () => number, now: number): Address[] {
    return pick(this.#addresses, k, random, (it) => isExcepted(except, it) || this.#isPaused(it, now))
  }

  /** Every row, the node's own first. */
  all(): PeerRow[] {
    return [
      this.#own(),
      ...[...this.#rows.values()].map(({ address, heartbeat }) => ({ address, heartbeat })),
    ]
  }

  /** Half the freshest, half at random of the rest: news travels fast, and nothing is left out for long. */
  share(random: () => number, now: number): readonly PeerRow[] {
    const room = this.#limits.rowsPerMessage - 1
    const rows = this.#byFreshness(now)
    const shared = rows.length <= room ? rows : this.#sample(rows, room, random)
    return [this.#own(), ...shared.map(({ address, heartbeat }) => ({ address, heartbeat }))]
  }

  heard(from: Address, rows: readonly PeerRow[], now: number): Change {
    if (from === this.#self) return { up: [], gone: [] }
    let isUp = false
    // Whoever speaks for itself gets a place, if need be another's.
    const isFull = this.#rows.size >= this.#limits.maxPeers && !this.#rows.has(from)
    const leastWanted = isFull ? this.#leastWanted(from) : undefined
    if (leastWanted !== undefined) this.#forget(leastWanted)
    if (!isFull || leastWanted !== undefined) {
      isUp = this.#firsthand(from, heartbeatIn(rows, from), now)
    }
    const { up } = this.told(from, rows, now)
    return { up: isUp ? [from, ...up] : up, gone: leastWanted === undefined ? [] : [goneOf(leastWanted)] }
  }

  /** What one that says it is `from` tells of others; of itself it says nothing. */
  told(from: Address, rows: readonly PeerRow[], now: number): Change {
    const up: Address[] = []
    if (from === this.#self) return { up, gone: [] }
    for (const row of rows) {
      if (row.address === from || this.#isFarAhead(row.heartbeat)) continue
      if (row.address === this.#self) this.#outgrow(row.heartbeat)
      else if (this.#secondhand(row, now)) up.push(row.address)
    }
    return { up, gone: [] }
  }

  reached(peer: Address, rows: readonly PeerRow[], now: number): Change {
    return this.heard(peer, rows, now)
  }

  /**
   * The rows that say something of peers that were up, or are gone, or of this node itself. One that can't be reached
   * is not kept alive by what is said of it.
   */
  believed(rows: readonly PeerRow[]): readonly PeerRow[] {
    return rows.filter(
      ({ address, heartbeat }) =>
        (this.isUp(address) || address === this.#self || this.#forgotten.has(address)) &&
        !this.#isFarAhead(heartbeat),
    )
  }

  failed(peer: Address, now: number): boolean {
    const row = this.#rows.get(peer)
    if (row === undefined) return false
    row.tries += 1
    row.pausedUntil = now + nextPause(row.tries)
    return row.tries === 1
  }

  /**
   * That peer went away, by its own word: from now on it is gone, as one that has expired, and what others say does not
   * bring it back. @param heartbeat its last, if it told
   */
  departed(peer: Address, heartbeat = 0): void {
    const row = this.#rows.get(peer)
    if (row === undefined) return
    if (!this.#isFarAhead(heartbeat)) row.heartbeat = Math.max(row.heartbeat, heartbeat)
    this.#forgotten.dropRevival(peer)
    this.#forget(row)
  }

  /** This node goes by another address now: no peer is there, and of the old one what others say makes no peer. */
  moved(to: Address): void {
    const row = this.#rows.get(to)
    if (row !== undefined) this.#forget(row)
    this.#forgotten.drop(to)
    this.#forgotten.add(this.#self, this.#heartbeat)
    this.#self = to
  }

  period(now: number, clock: number): readonly Gone[] {
    this.#clock = clock
    this.#heartbeat = Math.max(this.#heartbeat + 1, clock)
    this.#freshest = undefined
    const expiry = this.#expiry()
    this.#discountPause(now, expiry)
    const gone: Gone[] = []
    for (const row of this.#rows.values()) {
      if (isAlive(row.grewAt, now, expiry)) continue
      gone.push(goneOf(row))
      this.#forget(row)
    }
    return gone
  }

  /** Is there nobody whom this node could pick? */
  isAlone(now: number): boolean {
    return this.#addresses.every((it) => this.#isPaused(it, now))
  }

  knows(address: Address): boolean {
    return address === this.#self || this.#rows.has(address)
  }

  get hasRoom(): boolean {
    return this.#rows.size < this.#limits.maxPeers
  }

  /** Is it a peer that did not fail when it was tried last? */
  isUp(address: Address): boolean {
    return this.#rows.get(address)?.tries === 0
  }

  /** Has it to be asked before it is a peer: nobody ever met, or one that failed and whose pause is over? */
  isWorthAsking(address: Address, now: number): boolean {
    const row = this.#rows.get(address)
    if (row !== undefined) return row.tries > 0 && row.pausedUntil <= now
    return address !== this.#self && !this.#forgotten.has(address)
  }

  /** Addresses once known and gone since, oldest first. */
  forgotten(): Address[] {
    return this.#forgotten.list()
  }

  /** Takes one of the gone peers that others say live on. */
  takeRevival(): Address | undefined {
    return this.#forgotten.takeRevival()
  }

  /** Time that this node itself slept through, stopped or overloaded, does not count against its peers. */
  #discountPause(now: number, expiry: number): void {
    const slept = now - this.#lastPeriod
    this.#lastPeriod = now
    if (slept > expiry / 2) for (const row of this.#rows.values()) row.grewAt += slept
  }

  #expiry(): number {
    return this.#limits.expiry * Math.max(1, this.#rows.size / (4 * this.#limits.rowsPerMessage))
  }

  #own(): PeerRow {
    return { address: this.#self, heartbeat: this.#heartbeat }
  }

  #isPaused(address: Address, now: number): boolean {
    return this.#rows.get(address)!.pausedUntil > now
  }

  #isFarAhead(heartbeat: number): boolean {
    return heartbeat > this.#clock + MAX_AHEAD_MS
  }

  #secondhand({ address, heartbeat }: PeerRow, now: number): boolean {
    const row = this.#rows.get(address)
    if (row !== undefined) {
      if (heartbeat > row.heartbeat) {
        row.heartbeat = heartbeat
        row.grewAt = now
      }
      return false
    }
    if (this.#forgotten.told(address, heartbeat) || !this.hasRoom) return false
    this.#add(address, heartbeat, now)
    return true
  }

  /**
   * Others tell of a heartbeat that this node never had, or had before its clock was set back. It goes on from there,
   * or nobody could tell that it lives (as a member of SWIM does with its incarnation number: Das, Gupta, Motivala
   * 2002, section 4.2).
   */
  #outgrow(heartbeat: number): void {
    if (heartbeat > this.#heartbeat) this.#heartbeat = heartbeat + 1
  }

  /** What a peer says of itself counts, even a smaller heartbeat: its clock may have been set back. */
  #firsthand(from: Address, heartbeat: number | undefined, now: number): boolean {
    this.#forgotten.drop(from)
    const row = this.#rows.get(from)
    if (row === undefined) {
      this.#add(from, heartbeat ?? 0, now)
      return true
    }
    const wasUp = row.tries === 0
    row.heartbeat = heartbeat ?? row.heartbeat
    row.grewAt = now
    row.tries = 0
    row.pausedUntil = 0
    return !wasUp
  }

  #add(address: Address, heartbeat: number, now: number): void {
    this.#rows.set(address, { address, heartbeat, grewAt: now, tries: 0, pausedUntil: 0 })
    this.#addresses.push(address)
    this.#freshest = undefined
  }

  #forget({ address, heartbeat }: Row): void {
    this.#rows.delete(address)
    this.#addresses.splice(this.#addresses.indexOf(address), 1)
    this.#freshest = undefined
    this.#forgotten.add(address, heartbeat)
  }

  /** The row that makes room: of those that yield most readily the one not heard of for longest. */
  #leastWanted(to: Address): Row | undefined {
    let first: Row | undefined
    let most = 0
    for (const row of this.#rows.values()) {
      const priority = this.#evictionPriority(row.address, to)
      if (priority < most || priority === 0) continue
      if (priority > most || row.grewAt < first!.grewAt) first = row
      most = priority
    }
    return first
  }

  /**
   * The rows worth telling, freshest first: what has not grown for half the expiry is probably dead, and
   * telling it would only keep it alive in the tables of newcomers. Sorted again at most every tenth of that.
   */
  #byFreshness(now: number): readonly Row[] {
    const half = this.#expiry() / 2
    if (this.#freshest === undefined || now - this.#freshest.at > half / 10) {
      const rows = [...this.#rows.values()].filter((row) => isAlive(row.grewAt, now, half) && row.tries === 0)
      this.#freshest = { at: now, rows: rows.sort((a, b) => b.grewAt - a.grewAt) }
    }
    return this.#freshest.rows
  }

  #sample(rows: readonly Row[], room: number, random: () => number): Row[] {
    const fresh = rows.slice(0, Math.ceil(room / 2))
    return [...fresh, ...pick(rows.slice(fresh.length), room - fresh.length, random)]
  }
}
