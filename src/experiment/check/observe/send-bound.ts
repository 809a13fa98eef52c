/**
 * How much a strategy may send. Two allowances, both about the dearest that a protocol can mean to do:
 * - each new value, and the beginning, may cost four messages from every node to every node: a flood, its answers and
 *   as much again;
 * - beside that each period of a run may cost two for each key: all tell all, and are answered.
 *
 * A storm (each reception makes more than one message) breaks it within a few latencies. Push, which sends for good,
 * stays far below: its messages are fanout x nodes a period. Answers that are answered for ever may stay below it too;
 * those the simulator finds, for they go on when the run is over.
 *
 * And no message may be longer than what a node takes.
 */
import { Runaway } from '../../../gossip/strategy-error.ts'
import { DEFAULT_KEY } from '../../../gossip/value.ts'
import type { GossipEvent } from '../../../measure/event.ts'

const BURST = 4
const EACH_PERIOD = 2
/** Where there are only a few nodes, all to all is less than what one careful exchange takes. */
const FEW = 8
/** Bytes of a line that nodes on sockets take, where no limit was set. */
export const MAX_LINE = 65_536

export class Bound {
  readonly #pairs: number
  readonly #period: number
  #values = 1
  #newest = -1
  #sent = 0
  readonly #keys = new Set<string>([DEFAULT_KEY])

  constructor(nodes: number, period: number) {
    this.#pairs = Math.max(nodes, FEW) ** 2
    this.#period = period
  }

  get sent(): number {
    return this.#sent
  }

  /** @throws {Runaway} at the message that is one too many */
  see({ event, at, type, key, bytes = 0, timestamp = -1 }: GossipEvent): void {
    if (event === 'updated' && timestamp > this.#newest) {
      this.#newest = timestamp
      this.#values += 1
      if (key !== undefined) this.#keys.add(key)
    }
    if (event !== 'sent') return
    if (bytes > MAX_LINE)
      throw new Runaway(`sends a message ${type} of ${bytes} bytes: nodes take lines of up to ${MAX_LINE}`)
    this.#sent += 1
    const allowed = this.#pairs * (BURST * this.#values + (EACH_PERIOD * this.#keys.size * at) / this.#period)
    if (this.#sent <= allowed) return
    const periods = Number((at / this.#period).toPrecision(3))
    throw new Runaway(
      `sends too much: ${this.#sent} messages within ${periods} periods, more than all nodes telling all again and again`,
    )
  }
}
