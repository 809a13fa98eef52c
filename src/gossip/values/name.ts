/**
 * The name of a value, as strategies and the wire have it: "version" under the key "", else "version/key". Equal on two
 * nodes only if they hold the same under that key.
 */
import { DEFAULT_KEY, DELETED, MAX_KEY_BYTES } from '../value.ts'

declare const brand: unique symbol
/** Opaque: compare it with `===`, keep it in a Set or Map, put it in a message. */
export type Name = string & { readonly [brand]: 'Name' }

export function nameOf(version: string, key: string): Name {
  return (key === DEFAULT_KEY ? version : `${version}/${key}`) as Name
}

const PATTERN = /^(\d{1,16})-([0-9a-z]{1,25})(?:\/(.+))?$/su
const MAX_LENGTH = 16 + 1 + 25 + 1 + MAX_KEY_BYTES

/** What a name says; undefined if a stranger made it up. */
export interface Parts {
  readonly key: string
  readonly timestamp: number
  /** Is it of a deletion? */
  readonly isDeletion: boolean
}

/** Names come again and again, with each digest: what the last ones say. */
const known = new Map<string, Parts | undefined>()
const MAX_KNOWN = 4096

export function partsOf(name: string): Parts | undefined {
  const before = known.get(name)
  if (before !== undefined || known.has(name)) return before
  if (known.size >= MAX_KNOWN) known.clear()
  const parts = read(name)
  if (name.length <= MAX_LENGTH) known.set(name, parts)
  return parts
}

function read(name: string): Parts | undefined {
  const [, digits, what, key = DEFAULT_KEY] = (name.length <= MAX_LENGTH && PATTERN.exec(name)) || []
  const timestamp = Number(digits)
  return Number.isSafeInteger(timestamp) ? { key, timestamp, isDeletion: what === DELETED } : undefined
}

export function isName(it: unknown): it is Name {
  return typeof it === 'string' && it.length <= MAX_LENGTH && PATTERN.test(it)
}
