/**
 * The register: one value with the timestamp (integer ms >= 0) that its propagator gave it.
 * `wins` makes it a join: deliveries in any order, number or grouping end in the same value everywhere.
 */
export interface Value {
  readonly value: string
  readonly timestamp: number
}

/** A value as a node holds it: with its version, computed once. */
export interface Held extends Value {
  readonly version: string
}

/** Does `a` replace `b`? The newer timestamp wins; of two at the same ms the greater text in code-unit order. */
export function wins(a: Value, b: Value): boolean {
  return a.timestamp > b.timestamp || (a.timestamp === b.timestamp && a.value > b.value)
}

/** A value as nodes hold it. The last one is shared: in a simulation a million nodes take the same in a row. */
export function held({ value, timestamp }: Value): Held {
  if (last?.timestamp !== timestamp || last.value !== value) {
    last = Object.freeze({ value, timestamp, version: versionOf({ value, timestamp }) })
  }
  return last
}

let last: Held | undefined

/** "timestamp-hash": a timestamp alone could not tell two values of the same ms apart. */
export function versionOf({ value, timestamp }: Value): string {
  return `${timestamp}-${hash(value)}`
}

/** The timestamp in a version, or undefined if a stranger made that version up. */
export function timestampOf(version: string): number | undefined {
  const match = /^(\d{1,16})-[0-9a-z]{1,7}$/.exec(version)
  const timestamp = Number(match?.[1])
  return Number.isSafeInteger(timestamp) ? timestamp : undefined
}

/** FNV-1a, 32 bits, over the code units: tells versions apart, protects nothing. */
function hash(text: string): string {
  let sum = 0x811c9dc5
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193)
  return (sum >>> 0).toString(36)
}
