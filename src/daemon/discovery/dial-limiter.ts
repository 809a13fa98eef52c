/**
 * Whom a node may dial. Anybody can name any address, so one that was never met is dialled seldom: so often a
 * minute in all, to its host, and to itself; after some failures in a row not at all for a while. Else a stranger
 * could make every node of a cluster knock at a door of his choice. Whoever was met there is dialled freely.
 */
import type { Address } from '../../gossip/strategy.ts'
import { endpointOf } from '../address/address.ts'
import { plainHost, scopeOf } from '../address/address-scope.ts'

export interface DialLimits {
  readonly dials: number
  readonly dialsPerHost: number
  readonly dialsPerAddress: number
  readonly maxFailures: number
  /** Ms. */
  readonly barred: number
  readonly maxPeers: number
}

interface Met {
  /** The remote address of the connection, as the system tells it. */
  readonly host: string
  /** Did the last dial, if there was one, reach it? */
  isUp: boolean
  /** Did it ever answer when it was asked? Whoever only spoke may have made its port up. */
  hasAnswered: boolean
}

interface Host {
  /** Addresses met there. */
  count: number
  /** Those that only spoke, longest silent first. */
  readonly spoke: Set<Address>
}

const MINUTE_MS = 60_000

export class DialLimiter {
  readonly #limits: DialLimits
  readonly #now: () => number
  /** Longest silent first; as many as peers may be known, and as many again that are gone. */
  readonly #met = new Map<Address, Met>()
  readonly #hosts = new Map<string, Host>()
  readonly #failures = new Map<Address, number>()
  /** Until when. */
  readonly #barred = new Map<Address, number>()
  #minute = Number.NEGATIVE_INFINITY
  #count = 0
  readonly #counts = new Map<string, number>()

  /** @param now ms, on a clock that only goes on */
  constructor(limits: DialLimits, now: () => number) {
    this.#limits = limits
    this.#now = now
  }

  /** May it be dialled now? If so that counts as a dial. */
  take(address: Address): boolean {
    if (this.#met.get(address)?.isUp === true) return true
    if (this.isBarred(address)) return false
    this.#turn()
    const { dials, dialsPerHost, dialsPerAddress } = this.#limits
    const host = hostOf(address)
    // All nodes of this machine share a host, and nobody else is there.
    const perHost = scopeOf(host) === 'loopback' ? Number.POSITIVE_INFINITY : dialsPerHost
    const [toHost, toAddress] = [this.#counts.get(host) ?? 0, this.#counts.get(String(address)) ?? 0]
    if (this.#count >= dials || toHost >= perHost || toAddress >= dialsPerAddress) return false
    this.#count += 1
    this.#counts.set(host, toHost + 1)
    this.#counts.set(String(address), toAddress + 1)
    return true
  }

  /**
   * Somebody is there: it answered when asked, or it spoke from the very host that it says it is at. The latter
   * says nothing of the port: it does not make up for a dial that failed.
   */
  met(address: Address, host: string, how: 'answered' | 'spoke'): void {
    const before = this.#met.get(address)
    if (before?.host === host) {
      this.#metAgain(address, before, how)
      return
    }
    this.#failures.delete(address)
    this.#barred.delete(address)
    this.#forget(address)
    if (this.#met.size >= 2 * this.#limits.maxPeers) this.#makeRoom(host)
    const hasAnswered = how === 'answered'
    this.#met.set(address, { host, isUp: true, hasAnswered })
    const there = this.#hosts.get(host) ?? { count: 0, spoke: new Set() }
    there.count += 1
    if (!hasAnswered) there.spoke.add(address)
    this.#hosts.set(host, there)
  }

  /** A dial did not reach it, or reached something else. */
  failed(address: Address): void {
    const met = this.#met.get(address)
    if (met !== undefined) {
      met.isUp = false
      return
    }
    const failures = (this.#failures.get(address) ?? 0) + 1
    this.#failures.delete(address)
    if (failures < this.#limits.maxFailures) keep(this.#failures, address, failures, this.#limits.maxPeers)
    else keep(this.#barred, address, this.#now() + this.#limits.barred, this.#limits.maxPeers)
  }

  isBarred(address: Address): boolean {
    const until = this.#barred.get(address)
    if (until === undefined) return false
    if (until > this.#now()) return true
    this.#barred.delete(address)
    return false
  }

  /** Is that host where this peer says it is, or where it was met? */
  isAt(address: Address, host: string): boolean {
    return hostOf(address) === host || this.#met.get(address)?.host === host
  }

  /** Was it met, and did the last dial not reach it? */
  isLost(address: Address): boolean {
    return this.#met.get(address)?.isUp === false
  }

  /** Is that the remote address of a peer that was met? */
  isHostOfPeer(host: string): boolean {
    return this.#hosts.has(host)
  }

  #metAgain(address: Address, met: Met, how: 'answered' | 'spoke'): void {
    this.#met.delete(address)
    this.#met.set(address, met)
    const { spoke } = this.#hosts.get(met.host)!
    spoke.delete(address)
    if (how === 'answered') met.isUp = met.hasAnswered = true
    if (!met.hasAnswered) spoke.add(address)
  }

  #forget(address: Address): void {
    const met = this.#met.get(address)
    if (met === undefined) return
    this.#met.delete(address)
    const there = this.#hosts.get(met.host)!
    there.count -= 1
    there.spoke.delete(address)
    if (there.count === 0) this.#hosts.delete(met.host)
  }

  /** For one more at that host: of the same host first, among those that only spoke. */
  #makeRoom(host: string): void {
    const [alike] = this.#hosts.get(host)?.spoke ?? []
    this.#forget(alike ?? this.#met.keys().next().value!)
  }

  #turn(): void {
    if (this.#now() - this.#minute < MINUTE_MS) return
    this.#minute = this.#now()
    this.#count = 0
    this.#counts.clear()
  }
}

/** Without a zone: that names a network of this machine, not another host. */
function hostOf(address: Address): string {
  return plainHost(endpointOf(address).host)
}

/** Sets it as the newest, and lets the oldest go where there are too many. */
function keep(map: Map<Address, number>, address: Address, it: number, max: number): void {
  map.delete(address)
  if (map.size >= max) map.delete(map.keys().next().value!)
  map.set(address, it)
}
