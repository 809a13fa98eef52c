/** The newest value that peers sent and that could not be kept: it is tried again, as its sender may not say it again. */
import type { ValueMessage } from '../../gossip/message.ts'
import type { Address } from '../../gossip/strategy.ts'
import { wins } from '../../gossip/value.ts'

export interface PendingValue {
  readonly from: Address
  readonly message: ValueMessage
}

export class PendingWrite {
  #last: PendingValue | undefined

  add(it: PendingValue): void {
    if (this.#last === undefined || wins(it.message, this.#last.message)) this.#last = it
  }

  take(): PendingValue | undefined {
    const it = this.#last
    this.#last = undefined
    return it
  }
}
