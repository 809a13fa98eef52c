/** What a measured node and the benchmark say to each other. */
export type Question =
  | { readonly dial: readonly number[] }
  /** Be handed that value, and spread it. */
  | { readonly publish: number }
  | { readonly tell: true }

export interface Told {
  /** When it first had each value. */
  readonly heardAt: Readonly<Record<number, number>>
  /** Values that it sent, and all messages of gossip; undefined where nobody counts them. */
  readonly payloads?: number
  readonly messages?: number
}

export type Said = { readonly port: number } | { readonly linked: true } | { readonly heard: number } | Told

/** Which value of ours is which: its timestamp says so. */
export const FIRST = 1_700_000_000_000

/** As long as each value is. */
export const CHARACTERS = 100

/** Ms on the machine's clock that only goes on: the same for all processes. */
export function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

export function say(it: Said): void {
  process.send?.(it)
}
