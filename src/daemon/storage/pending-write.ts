/** The newest values that peers sent and that could not be kept: they are tried again, as nobody may say them again. */
import type { ValueMessage } from '../../gossip/message.ts'
import type { Address } from '../../gossip/strategy.ts'
import { wins } from '../../gossip/value.ts'

export interface PendingValue {
  readonly from: Address
  readonly message: ValueMessage
}

/** Keys of which one waits: anybody may send values while the disk is full. */
const MAX_WAITING = 256

export class PendingWrite {
  readonly #byKey = new Map<string, PendingValue>()

  add(it: PendingValue): void {
    const { key } = it.message
    const before = this.#byKey.get(key)
    if (before === undefined ? this.#byKey.size < MAX_WAITING : wins(it.message, before.message))
      this.#byKey.set(key, it)
  }

  /** All of them; none waits any more. */
  take(): readonly PendingValue[] {
    const all = [...this.#byKey.values()]
    this.#byKey.clear()
    return all
  }
}
