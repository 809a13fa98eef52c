/**
 * Who may come in: so many connections in all and from one remote address. Some are kept for the hosts of peers, and
 * a few for this machine, so that strangers who take all the others do not crowd them out.
 */

import { scopeOf } from '../address/address-scope.ts'
import type { SharedDescriptors } from './descriptors.ts'

export interface ConnectionGateLimits {
  readonly maxConnections: number
  readonly reserved: number
  readonly maxPerHost: number
  readonly maxPerLoopback: number
}

/** Why one may not come in. */
export interface Refusal {
  readonly why: string
  /** Does only one of the same host that leaves make room? */
  readonly isOfHost: boolean
}

/** Places that only this machine may take: whoever looks after a node is there. */
const FOR_LOOPBACK = 16

export class ConnectionGate {
  /** Is that the host of a peer? */
  readonly isHostOfPeer: (host: string) => boolean
  readonly #limits: ConnectionGateLimits
  readonly #own: number
  readonly #common: SharedDescriptors
  readonly #open = new Map<string, number>()
  #count = 0

  /** @param files so many are this node's own, further ones are taken of what it has in common with others */
  constructor(
    limits: ConnectionGateLimits,
    isHostOfPeer: (host: string) => boolean,
    files: { readonly own: number; readonly common: SharedDescriptors } = {
      own: limits.maxConnections,
      common: { left: 0 },
    },
  ) {
    this.#limits = limits
    this.isHostOfPeer = isHostOfPeer
    this.#own = files.own
    this.#common = files.common
  }

  /** Lets one in, or not; whoever is let in must `leave`. */
  enter(host: string): boolean {
    if (this.refusal(host) !== undefined) return false
    if (this.#count >= this.#own) this.#common.left -= 1
    this.#count += 1
    this.#open.set(host, (this.#open.get(host) ?? 0) + 1)
    return true
  }

  /** Why one of that host would not be let in, if so. */
  refusal(host: string): Refusal | undefined {
    const { maxConnections, reserved, maxPerHost, maxPerLoopback } = this.#limits
    const isHere = scopeOf(host) === 'loopback'
    const open = this.#open.get(host) ?? 0
    if (open >= (isHere ? maxPerLoopback : maxPerHost)) {
      return { why: `${open} connections from ${host} are open, no more may be`, isOfHost: true }
    }
    const forPeers = this.isHostOfPeer(host) ? 0 : reserved
    const forLoopback = isHere ? 0 : Math.min(FOR_LOOPBACK, Math.floor(maxConnections / 16))
    const isFull = this.#count >= maxConnections - forPeers - forLoopback
    if (!isFull && (this.#count < this.#own || this.#common.left > 0)) return undefined
    const why = isFull ? 'no more may be' : 'and this process may open no more files'
    return { why: `${this.#count} connections are open, ${why}`, isOfHost: false }
  }

  leave(host: string): void {
    this.#count -= 1
    if (this.#count >= this.#own) this.#common.left += 1
    const left = (this.#open.get(host) ?? 1) - 1
    if (left === 0) this.#open.delete(host)
    else this.#open.set(host, left)
  }
}
