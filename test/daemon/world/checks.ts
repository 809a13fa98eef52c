/** What must hold at all times in a world, whatever happens there. */
import assert from 'node:assert/strict'
import type { DaemonLimits } from '../../../src/daemon/settings.ts'
import { LineReader } from '../../../src/daemon/transport/line-reader.ts'
import { type Value, wins } from '../../../src/gossip/value.ts'
import type { GossipEvent } from '../../../src/measure/event.ts'
import type { Member } from './member.ts'
import type { WorldSocket } from './socket.ts'

const MAX_OVERHEARD = 100
/**
 * What a node may say to another one that said nothing wrong: it has no room, the way was cut in the middle of a line,
 * or the other one said such a thing.
 */
const MAY_SAY =
  /try again later|silent for longest|took too long|no line came|too much is waiting|not a welcome|answered an error/

/** The greater of each key stays. */
export function raise(values: Map<string, Value>, it: Value): void {
  const before = values.get(it.key)
  if (before === undefined || wins(it, before)) values.set(it.key, it)
}

export class Checks {
  readonly #members = new Map<string, Member>()
  readonly #readers = new WeakMap<WorldSocket, LineReader>()
  readonly #limits: DaemonLimits
  readonly #maxClockDrift: number
  readonly #setAside: () => void
  /** Some lines that nodes said to nodes lately. */
  readonly overheard: string[] = []

  constructor(limits: DaemonLimits, maxClockDrift: number, setAside: () => void) {
    this.#limits = limits
    this.#maxClockDrift = maxClockDrift
    this.#setAside = setAside
  }

  add(member: Member): void {
    this.#members.set(member.host, member)
  }

  /** Nobody goes back to what is older, but who set aside what lies too far ahead of a clock that was set back. */
  heard({ event, node }: GossipEvent): void {
    if (event !== 'updated' && event !== 'started') return
    const member = this.#members.get(node.slice(0, node.indexOf(':')))!
    if (member.daemon !== undefined) this.held(member)
  }

  held(member: Member): void {
    const floor = [...member.floor.values()]
    member.floor.clear()
    for (const it of member.daemon!.values()) member.floor.set(it.key, it)
    for (const it of floor) this.#compare(member, it, member.floor.get(it.key))
  }

  #compare(member: Member, before: Value, now: Value | undefined): void {
    if (now !== undefined && !wins(before, now)) return
    const isAhead = before.timestamp > member.wall + this.#maxClockDrift
    assert.ok(isAhead, `${member.address} went back from ${told(before)} to ${told(now)}`)
    raise(member.aside, before)
    this.#setAside()
  }

  /** What a node says to a node is no error. */
  said(from: WorldSocket, bytes: Buffer): void {
    if (!this.#members.has(from.local.host) || !this.#members.has(from.remote.host)) return
    const reader = this.#readers.get(from) ?? new LineReader(1 << 20)
    this.#readers.set(from, reader)
    for (const line of reader.read(bytes)) {
      this.overheard.push(line)
      if (this.overheard.length > MAX_OVERHEARD) this.overheard.shift()
      const isFault = line.startsWith('{"type":"error"') && !MAY_SAY.test(line)
      assert.ok(!isFault, `${from.local.host} does not take what ${from.remote.host} said: ${line}`)
    }
  }

  /** Connections, and bytes that wait in them. */
  bounds(open: Iterable<WorldSocket>): void {
    const counts = new Map<string, { incoming: number; outgoing: number; held: number }>()
    for (const it of open) {
      if (!this.#members.has(it.local.host)) continue
      const count = counts.get(it.local.host) ?? { incoming: 0, outgoing: 0, held: 0 }
      counts.set(it.local.host, count)
      count[it.isIncoming ? 'incoming' : 'outgoing'] += 1
      if (it.isIncoming) count.held += it.held
    }
    const { maxConnections, maxLinks, maxBuffered, maxPending } = this.#limits
    for (const [host, { incoming, outgoing, held }] of counts) {
      // Those that are told why they may not come in, and those that have been told to go, but have not gone.
      assert.ok(incoming <= 2 * maxConnections + 16, `${host} has ${incoming} connections`)
      // Links, those that close, and the probes of a scan.
      assert.ok(outgoing <= 2 * maxLinks + 64, `${host} has opened ${outgoing} connections`)
      assert.ok(held <= maxBuffered + maxPending, `${host} holds ${held} bytes`)
    }
    for (const { daemon, address } of this.#members.values()) {
      const peers = daemon?.summary().peers ?? 0
      assert.ok(peers <= this.#limits.maxPeers, `${address} knows ${peers} peers`)
    }
  }
}

export function told(value: Value | null | undefined): string {
  if (!value) return 'none'
  return `${JSON.stringify(value.value?.slice(0, 20) ?? null)} of ${value.timestamp} under ${JSON.stringify(value.key)}`
}
