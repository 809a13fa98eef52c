/**
 * Who may come in: so many connections in all and from one remote address. Some are kept for the hosts of peers,
 * so that strangers who take all the others do not crowd them out.
 */

import { scopeOf } from '../address/address-scope.ts'
import type { SharedDescriptors } from './descriptors.ts'

export interface ConnectionGateLimits {
  readonly maxConnections: number
  readonly reserved: number
  readonly maxPerHost: number
  readonly maxPerLoopback: number
}

export class ConnectionGate {
  readonly #limits: ConnectionGateLimits
  readonly #isHostOfPeer: (host: string) => boolean
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
    this.#isHostOfPeer = isHostOfPeer
    this.#own = files.own
    this.#common = files.common
  }

  /** Lets one in, or not; whoever is let in must `leave`. */
  enter(host: string): boolean {
    const { maxConnections, reserved, maxPerHost, maxPerLoopback } = this.#limits
    const here = this.#open.get(host) ?? 0
    if (here >= (scopeOf(host) === 'loopback' ? maxPerLoopback : maxPerHost)) return false
    const kept = this.#isHostOfPeer(host) ? 0 : reserved
    if (this.#count >= maxConnections - kept) return false
    if (this.#count >= this.#own) {
      if (this.#common.left <= 0) return false
      this.#common.left -= 1
    }
    this.#count += 1
    this.#open.set(host, here + 1)
    return true
  }

  leave(host: string): void {
    this.#count -= 1
    if (this.#count >= this.#own) this.#common.left += 1
    const left = (this.#open.get(host) ?? 1) - 1
    if (left === 0) this.#open.delete(host)
    else this.#open.set(host, left)
  }
}
