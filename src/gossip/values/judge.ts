/** Which values a node takes, and what becomes of a name that it hears of. */
import { type Value, wins } from '../value.ts'
import { type Held, heldOf } from './held.ts'
import type { Holdings } from './holdings.ts'
import { type Name, partsOf } from './name.ts'

export interface ValueLimits {
  /** Ms past the node's own clock beyond which a timestamp is refused: one bad clock must not win forever. */
  readonly maxClockDrift: number
  readonly maxKeys: number
  /** Of all keys and values, in bytes of UTF-8. */
  readonly maxHeld: number
  /** Ms after its timestamp at which a value is forgotten; Infinity: never. */
  readonly ttl: number
  /** Ms after its timestamp at which a deletion is forgotten, if `ttl` is not less. */
  readonly tombstones: number
}

export type Refusal = 'ahead' | 'expired' | 'full' | 'not-stored'
export type Judgement = 'newer' | 'same' | 'older' | Exclude<Refusal, 'not-stored'>

/** @param clock ms, by the node's wall clock */
export function judge(it: Value, holdings: Holdings, limits: ValueLimits, clock: number): Judgement {
  if (isAhead(it.timestamp, limits, clock)) return 'ahead'
  if (isExpired(it, limits, clock)) return 'expired'
  const held = holdings.get(it.key)?.held
  if (held !== undefined && !wins(it, held)) return wins(held, it) ? 'older' : 'same'
  return hasRoom(holdings, limits, heldOf(it).bytes, held) ? 'newer' : 'full'
}

/** Would a value of that name be taken, as far as a name tells? */
export function isWanted(name: Name, holdings: Holdings, limits: ValueLimits, clock: number): boolean {
  const parts = partsOf(name)
  if (parts === undefined || isAhead(parts.timestamp, limits, clock)) return false
  if (parts.timestamp + limits.ttl <= clock) return false
  const held = holdings.get(parts.key)?.held
  if (held === undefined) return hasRoom(holdings, limits, 0, held)
  // Of two values with one timestamp a hash can't tell which wins: it must be asked for.
  return parts.timestamp > held.timestamp || (parts.timestamp === held.timestamp && name !== held.name)
}

export function isExpired({ value, timestamp }: Value, limits: ValueLimits, clock: number): boolean {
  return timestamp + lifeOf(value === null, limits) <= clock
}

function lifeOf(isDeletion: boolean, { ttl, tombstones }: ValueLimits): number {
  return isDeletion ? Math.min(ttl, tombstones) : ttl
}

function isAhead(timestamp: number, { maxClockDrift }: ValueLimits, clock: number): boolean {
  return timestamp > clock + maxClockDrift
}

function hasRoom(
  holdings: Holdings,
  { maxKeys, maxHeld }: ValueLimits,
  bytes: number,
  before?: Held,
): boolean {
  const isMoreKeys = before === undefined && holdings.size >= maxKeys
  return !isMoreKeys && holdings.bytes - (before?.bytes ?? 0) + bytes <= maxHeld
}

/** For whoever sent it. */
export function reasonOf(refusal: Exclude<Refusal, 'not-stored'>, limits: ValueLimits): string {
  switch (refusal) {
    case 'ahead':
      return `timestamp is more than ${limits.maxClockDrift} ms ahead of this node's clock`
    case 'expired':
      return `it is forgotten by now: values after ${limits.ttl} ms (--ttl), deletions after ${Math.min(limits.ttl, limits.tombstones)} ms (--tombstones)`
    case 'full':
      return `there is no room: at most ${limits.maxKeys} keys and ${limits.maxHeld} bytes may be held (--limit maxKeys, maxHeld)`
  }
}
