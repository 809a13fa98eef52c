/** One of a cluster's nodes: its place, which stays, and the daemon that runs there, if one does. */

import { formatAddress, parseEndpoint } from '../daemon/address/address.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { DEFAULT_KEY, type Value } from '../gossip/value.ts'
import type { NodeState } from '../scenario/target.ts'

export class Member {
  readonly number: number
  /** 0 until it first runs, where the system chooses. */
  port: number
  /** Empty until it has a port. */
  address: string
  daemon: Daemon | undefined
  #wasThere = false
  #last: readonly Value[] = []

  constructor(number: number, port: number) {
    this.number = number
    this.port = port
    this.address = port === 0 ? '' : String(formatAddress({ host: '127.0.0.1', port }))
  }

  get state(): NodeState {
    if (this.daemon === undefined) return this.#wasThere ? 'dead' : 'absent'
    return this.daemon.isPaused ? 'paused' : 'runs'
  }

  /** What it holds of the key "", or held when it was killed. */
  get held(): Value | undefined {
    return this.heldOf(DEFAULT_KEY)
  }

  /** The same of any key. */
  heldOf(key: string): Value | undefined {
    return this.values.find((it) => it.key === key)
  }

  /** The same of all keys. */
  get values(): readonly Value[] {
    return this.daemon === undefined ? this.#last : this.daemon.values()
  }

  runs(daemon: Daemon): void {
    this.daemon = daemon
    this.address = daemon.address
    this.port = parseEndpoint(daemon.address)?.port ?? this.port
    this.#wasThere = true
  }

  kill(): void {
    this.#end('abruptly')
  }

  stop(): void {
    this.#end('gently')
  }

  #end(how: 'gently' | 'abruptly'): void {
    this.#last = this.values
    this.daemon?.stop(how)
    this.daemon = undefined
  }
}
