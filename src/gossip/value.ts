/**
 * The register: one value with the timestamp (integer ms >= 0) that its propagator gave it.
 * `wins` makes it a join: deliveries in any order, number or grouping end in the same value everywhere.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

export interface Value {
  readonly value: string
  readonly timestamp: number
}

/** A value as a node holds it: with its version, computed when first asked for. */
export class Held implements Value {
  readonly value: string
  readonly timestamp: number
  #version: string | undefined

  constructor({ value, timestamp }: Value) {
    this.value = value
    this.timestamp = timestamp
  }

  get version(): string {
    this.#version ??= versionOf(this)
    return this.#version
  }
}

/** Does `a` replace `b`? The newer timestamp wins; of two at the same ms the greater text in code-unit order. */
export function wins(a: Value, b: Value): boolean {
  return a.timestamp > b.timestamp || (a.timestamp === b.timestamp && a.value > b.value)
}

/** A value as nodes hold it. The last one is shared: in a simulation a million nodes take the same in a row. */
export function held({ value, timestamp }: Value): Held {
  if (last?.timestamp !== timestamp || last.value !== value) last = new Held({ value, timestamp })
  return last
}

let last: Held | undefined

/**
 * "timestamp-hash": a timestamp alone could not tell two values of the same ms apart, nor could a short hash where
 * somebody looks for two values that have the same.
 */
export function versionOf({ value, timestamp }: Value): string {
  return `${timestamp}-${hash(value)}`
}

/** The timestamp in a version, or undefined if a stranger made that version up. */
export function timestampOf(version: string): number | undefined {
  const match = /^(\d{1,16})-[0-9a-z]{1,25}$/.exec(version)
  const timestamp = Number(match?.[1])
  return Number.isSafeInteger(timestamp) ? timestamp : undefined
}

const HASH_BYTES = 16

/** The first 128 bits of SHA-256, over the code units: as UTF-8 texts with halves of characters would be the same. */
function hash(text: string): string {
  const bytes = new DataView(new ArrayBuffer(2 * text.length))
  for (let i = 0; i < text.length; i++) bytes.setUint16(2 * i, text.charCodeAt(i))
  const sum = sha256(new Uint8Array(bytes.buffer)).subarray(0, HASH_BYTES)
  return BigInt(`0x${bytesToHex(sum)}`).toString(36)
}
