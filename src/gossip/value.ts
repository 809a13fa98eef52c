/**
 * A value under its key, with the timestamp (integer ms >= 0) that its propagator gave it; the text null deletes.
 * `wins` makes each key a join: deliveries in any order, number or grouping end in the same value everywhere.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { codeUnits } from './values/bytes.ts'

export { DEFAULT_KEY } from './default-key.ts'

/** Of a key, in UTF-8. */
export const MAX_KEY_BYTES = 256

export interface Value {
  readonly key: string
  /** Null: a death certificate (Demers et al. 1987, section 2.1). */
  readonly value: string | null
  readonly timestamp: number
}

/** Does `a` replace `b`, of the same key? The newer timestamp; of one ms null, else the greater text in code-unit order. */
export function wins(a: Omit<Value, 'key'>, b: Omit<Value, 'key'>): boolean {
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp
  if (a.value === null || b.value === null) return a.value === null && b.value !== null
  return a.value > b.value
}

/**
 * "timestamp-hash": a timestamp alone could not tell two values of the same ms apart, nor could a short hash where
 * somebody looks for two values that have the same.
 */
export function versionOf({ value, timestamp }: Omit<Value, 'key'>): string {
  return `${timestamp}-${value === null ? DELETED : hash(value)}`
}

/** In the place of a hash, which has more characters. */
export const DELETED = 'deleted'
const HASH_BYTES = 16

/** The first 128 bits of SHA-256. */
function hash(text: string): string {
  const sum = sha256(codeUnits(text)).subarray(0, HASH_BYTES)
  return BigInt(`0x${bytesToHex(sum)}`).toString(36)
}
