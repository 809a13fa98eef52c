/** By which address a node goes at present, and the log that says so with each line. */
import type { Logger } from 'pino'
import type { Address } from '../gossip/strategy.ts'

export class Identity {
  readonly #base: Logger
  #address: Address
  #log: Logger

  constructor(address: Address, base: Logger) {
    this.#base = base
    this.#address = address
    this.#log = base.child({ server: address })
  }

  get address(): Address {
    return this.#address
  }

  get log(): Logger {
    return this.#log
  }

  move(to: Address): void {
    this.#address = to
    this.#log = this.#base.child({ server: to })
  }
}
