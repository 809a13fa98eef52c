/** What a network does just now, as a page is told it. */
import type { Slowness } from '../network/cost/slowness.ts'
import { type Latency, nameOfLatency } from '../network/latency.ts'
import type { LinkBlock } from '../network/link-set.ts'
import type { Network } from './wire.ts'

export interface NetworkNow {
  readonly groups: Network['groups']
  readonly opened: readonly LinkBlock[]
  readonly cuts: readonly LinkBlock[]
  readonly loss: number
  readonly duplicate: number
  /** Undefined for none added. */
  readonly latency: Latency | undefined
  readonly slowness: Slowness
}

export function networkNow(it: NetworkNow): Network {
  const { groups, opened, cuts, loss, duplicate, latency, slowness } = it
  return {
    kind: 'network',
    groups,
    opened: opened.map(numbers),
    cuts: cuts.map(numbers),
    loss,
    duplicate,
    latency: latency === undefined ? null : nameOfLatency(latency),
    slow: slowness.told,
  }
}

function numbers({ from, to }: LinkBlock): { from: number[]; to: number[] } {
  return { from: [...from], to: [...to] }
}
