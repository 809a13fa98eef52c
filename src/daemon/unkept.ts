/** The newest value that peers sent and that could not be kept: it is tried again, as its sender may not say it again. */
import type { ValueMessage } from '../gossip/message.ts'
import type { Address } from '../gossip/strategy.ts'
import { wins } from '../gossip/value.ts'

export interface Unkept {
  readonly from: Address
  readonly message: ValueMessage
}

export class LastUnkept {
  #last: Unkept | undefined

  add(it: Unkept): void {
    if (this.#last === undefined || wins(it.message, this.#last.message)) this.#last = it
  }

  take(): Unkept | undefined {
    const it = this.#last
    this.#last = undefined
    return it
  }
}
