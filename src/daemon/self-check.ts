/** What others say of themselves tells a node of itself: is its address another node's, too, and is its clock right? */
import type { Address } from '../gossip/strategy.ts'
import { AddressConflicts } from './address/address-conflict.ts'
import { heartbeatIn, type PeerRow } from './address/peer-row.ts'
import { ClockSkewReport } from './clock-skew.ts'
import type { DeduplicatedLog } from './deduplicated-log.ts'
import type { Identity } from './identity.ts'

export interface SelfCheckSettings {
  /** Ms between two periods. */
  readonly period: number
  /** Ms by which clocks may differ. */
  readonly maxClockDrift: number
}

export class SelfCheck {
  readonly #identity: Identity
  readonly #settings: SelfCheckSettings
  readonly #warnings: DeduplicatedLog
  readonly #clockSkew: ClockSkewReport
  readonly #conflicts = new AddressConflicts()

  constructor(identity: Identity, settings: SelfCheckSettings, warnings: DeduplicatedLog) {
    this.#identity = identity
    this.#settings = settings
    this.#warnings = warnings
    this.#clockSkew = new ClockSkewReport(settings.maxClockDrift)
  }

  /** This node told its heartbeat. */
  said(heartbeat: number): void {
    this.#conflicts.said(heartbeat)
  }

  /**
   * A node spoke.
   * @param host its remote address
   * @param rows the peers that it named, itself among them
   * @param now this node's clock, ms
   */
  heard(from: Address, host: string, rows: readonly PeerRow[], now: number): void {
    const heartbeat = heartbeatIn(rows, from)
    if (heartbeat === undefined) return
    if (from !== this.#identity.address) this.#clockSkew.heard(String(from), heartbeat, now)
    else if (!this.#conflicts.isOwn(heartbeat)) {
      const text = `another node, that is reached at ${host}, goes by ${from} as this one does: each needs an address of its own (--advertise)`
      this.#warnings.warn('twin', { host }, text, String(from))
    }
  }

  /** Once a period. A wrong clock is told again when it has changed by more than clocks may differ. */
  period(): void {
    const { period, maxClockDrift } = this.#settings
    const behind = this.#clockSkew.period(period)
    if (behind === 0) {
      this.#warnings.over('clock', "this node's clock agrees with its peers' now")
      return
    }
    const seconds = Math.round(Math.abs(behind) / 1000).toLocaleString('en')
    const text = `this node's clock is ${seconds} s ${behind > 0 ? 'behind' : 'ahead of'} its peers': what is handed in here may be refused there`
    this.#warnings.warn('clock', { behind }, text, String(Math.round(behind / (4 * maxClockDrift + 1))))
  }
}
