/** One of the nodes that are followed: where it is, what it said last, and its stream. */
import { type Endpoint, parseEndpoint } from '../../daemon/address/address.ts'
import type { Status } from '../../daemon/wire.ts'
import { excerpt } from '../../gossip/excerpt.ts'
import type { NodeRow } from '../wire.ts'
import { countersOf } from './node-rows.ts'

export class RemoteNode {
  readonly number: number
  readonly address: string
  /** Where it answered last. */
  endpoint: Endpoint
  /** What it said last. */
  status: Status | undefined
  isReachable = false
  /** Since when it has not been, in ms of a clock that only grows. */
  lostAt: number
  /** Ends its stream, if there is one. */
  unwatch: (() => void) | undefined
  /** The port of its container's host that leads to it. */
  published: number | undefined
  /** Has it other peers than it said last? */
  hasChanged = false
  /** Was it told that it can't be watched? */
  isKnownUnwatchable = false

  constructor(number: number, address: string, now: number) {
    this.number = number
    this.address = address
    this.endpoint = parseEndpoint(address)!
    this.lostAt = now
  }

  /** Whom it said that it may pick. */
  get peers(): string[] {
    const all = this.status?.peers ?? []
    return all.flatMap((it) => (it.address === this.address || it.met === false ? [] : [it.address]))
  }

  get row(): NodeRow {
    const { number, address, status } = this
    return {
      number,
      address,
      state: this.isReachable ? 'runs' : 'unreachable',
      strategy: status?.strategy ?? '',
      ...(status?.container !== undefined && { container: status.container }),
      ...(this.published !== undefined && { published: this.published }),
      value: status?.value == null ? null : excerpt(status.value),
      timestamp: status?.timestamp ?? null,
      values: status?.values ?? (status?.value == null ? 0 : 1),
      interested: status?.interested ?? null,
      peers: status?.peers.filter((it) => it.address !== address).length ?? 0,
      ...countersOf(status),
    }
  }
}
