/** Values as nodes hold them. Whatever nodes can share they share: in a simulation a million of them hold the same. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Fields, ValueMessage } from '../message.ts'
import type { Item } from '../strategy.ts'
import { type Value, versionOf } from '../value.ts'
import { codeUnits, utf8Bytes } from './bytes.ts'
import { type Holdings, NOTHING } from './holdings.ts'
import { type Name, nameOf } from './name.ts'
import { Several } from './several.ts'

/** A value with what is computed of it, once, when first asked for. */
export class Held implements Value {
  readonly key: string
  readonly value: string | null
  readonly timestamp: number
  #name: Name | undefined
  #sums: readonly [number, number] | undefined
  #bytes: number | undefined
  readonly #byHops: Entry[] = []

  constructor({ key, value, timestamp }: Value) {
    this.key = key
    this.value = value
    this.timestamp = timestamp
  }

  get name(): Name {
    this.#name ??= nameOf(versionOf(this), this.key)
    return this.#name
  }

  /** Two hashes of its name, each below `SUM_LIMIT`, for checksums over many. */
  get sums(): readonly [number, number] {
    this.#sums ??= sumsOf(this.name)
    return this.#sums
  }

  /** Of key and text, in UTF-8. */
  get bytes(): number {
    this.#bytes ??= utf8Bytes(this.key) + utf8Bytes(this.value ?? '')
    return this.#bytes
  }

  /** As those nodes hold it that remember nothing of it, after so many hops. */
  entry(hops: number): Entry {
    this.#byHops[hops] ??= new Entry(this, hops, undefined)
    return this.#byHops[hops]
  }
}

/** Hops up to which an entry without state is shared. */
const SHARED_HOPS = 1000

/** A value as one node holds it: what its strategy sees, and remembers of it. Alone it is all that a node holds. */
export class Entry implements Item, Holdings {
  readonly held: Held
  /** Links that it crossed to get here. */
  readonly hops: number
  readonly state: unknown
  /** Of one with state: does its node still spread it? */
  isSpread = false
  #message: ValueMessage | undefined
  #alone: readonly Entry[] | undefined

  constructor(held: Held, hops: number, state: unknown) {
    this.held = held
    this.hops = hops
    this.state = state
  }

  get key(): string {
    return this.held.key
  }

  get name(): Name {
    return this.held.name
  }

  get size(): number {
    return 1
  }

  get bytes(): number {
    return this.held.bytes
  }

  get deleted(): number {
    return this.held.value === null ? 1 : 0
  }

  get(key: string): Entry | undefined {
    return key === this.held.key ? this : undefined
  }

  all(): readonly Entry[] {
    this.#alone ??= Object.freeze([this])
    return this.#alone
  }

  ordered(): readonly Entry[] {
    return this.all()
  }

  recent(periods: number, calm: number): readonly Entry[] {
    return calm < periods ? this.all() : []
  }

  age(): void {}

  with(entry: Entry, calm: number): Holdings {
    return entry.held.key === this.held.key ? entry : new Several(this, calm).with(entry)
  }

  without(key: string): Holdings {
    return key === this.held.key ? NOTHING : this
  }

  /** What tells a peer of it; one that says no more than that is shared, as a simulation has a million of them. */
  message(fields: Fields | undefined): ValueMessage {
    if (fields !== undefined) return this.#messageOf(fields)
    this.#message ??= Object.freeze(this.#messageOf(undefined))
    return this.#message
  }

  #messageOf(fields: Fields | undefined): ValueMessage {
    const { key, value, timestamp } = this.held
    return { type: 'value', key, value, timestamp, hops: this.hops + 1, fields }
  }
}

/** @param state what the strategy remembers of it; undefined: nothing */
export function entryOf(held: Held, hops: number, state: unknown): Entry {
  return state === undefined && hops < SHARED_HOPS ? held.entry(hops) : new Entry(held, hops, state)
}

/** Two below it add up without losing a bit. */
export const SUM_LIMIT = 2 ** 52

function sumsOf(name: Name): readonly [number, number] {
  const digits = bytesToHex(sha256(codeUnits(name)))
  return [Number.parseInt(digits.slice(0, 13), 16), Number.parseInt(digits.slice(13, 26), 16)]
}

/** The last of each key in this process: whoever takes the same value shares it. */
const known = new Map<string, Held>()
const MAX_KNOWN = 4096
/** Of their keys and texts: what was refused is among them, too. */
const MAX_CHARACTERS = 16_000_000
let characters = 0
let last: Held | undefined

export function heldOf(it: Value): Held {
  if (last === undefined || !isSame(last, it)) last = sharedOf(it)
  return last
}

function isSame(a: Value, b: Value): boolean {
  return a.timestamp === b.timestamp && a.value === b.value && a.key === b.key
}

function sharedOf(it: Value): Held {
  const before = known.get(it.key)
  if (before !== undefined && isSame(before, it)) return before
  const held = new Held(it)
  characters += it.key.length + (it.value?.length ?? 0)
  if (known.size >= MAX_KNOWN || characters > MAX_CHARACTERS) {
    known.clear()
    characters = 0
  }
  known.set(it.key, held)
  return held
}
