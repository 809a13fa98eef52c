/** The subnet scan: probes in overlapping windows from the lowest address upward. */
import { hostsOf, type Subnet } from '../address/subnet.ts'
import { SCAN_WINDOW } from '../limits.ts'

/** Ms that a probe waits for an answer. */
export const PROBE_TIMEOUT_MS = 400

export class Scan {
  readonly #hosts: { readonly count: number; at(index: number): string }
  #next = 0

  constructor(subnet: Subnet) {
    this.#hosts = hostsOf(subnet)
  }

  /** The next addresses to probe; from the lowest again after the highest. */
  window(): string[] {
    const end = Math.min(this.#next + SCAN_WINDOW, this.#hosts.count)
    const addresses = Array.from({ length: end - this.#next }, (_, i) => this.#hosts.at(this.#next + i))
    this.#next = end === this.#hosts.count ? 0 : end
    return addresses
  }

  /** Has the last window ended at the highest address? */
  get isAtStart(): boolean {
    return this.#next === 0
  }

  restart(): void {
    this.#next = 0
  }
}
