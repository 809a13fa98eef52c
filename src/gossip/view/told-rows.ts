/**
 * What was told of peers over one link: a row rides on a message only if it is news there, so that every message brings
 * contacts at the cost of what is new.
 */
import type { Address } from '../strategy.ts'

/** Peers remembered; of those told longest ago it is told again. */
const MAX_REMEMBERED = 256

interface Row {
  readonly address: Address
  readonly heartbeat: number
}

export class ToldRows {
  readonly #heartbeats = new Map<Address, number>()

  /** Those that were not told yet, or whose heartbeat has grown since. From now on they are told. */
  newsOf<R extends Row>(rows: readonly R[]): readonly R[] {
    const news = rows.filter(
      ({ address, heartbeat }) => !((this.#heartbeats.get(address) ?? -1) >= heartbeat),
    )
    for (const { address, heartbeat } of news) {
      this.#heartbeats.delete(address)
      this.#heartbeats.set(address, heartbeat)
    }
    while (this.#heartbeats.size > MAX_REMEMBERED)
      this.#heartbeats.delete(this.#heartbeats.keys().next().value!)
    return news
  }
}
