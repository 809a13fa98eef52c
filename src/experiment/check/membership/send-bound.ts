/**
 * How much a membership may send: at the beginning, and in each period again, every node four messages to every other one.
 * What each shipped one sends is a small share of it; a storm, in which each reception makes more than one message, breaks
 * it within a few latencies. And no message may be longer than what a node takes.
 */
import { Runaway } from '../../../gossip/strategy-error.ts'
import { MAX_LINE } from '../observe/send-bound.ts'
import { RIDES } from './instrumented.ts'

const EACH = 4
/** Where there are only a few nodes, all to all is less than what one careful exchange takes. */
const FEW = 8

export class MemberBound {
  readonly #nodes: number
  readonly #allowed: number
  readonly #periods = new Map<number, number>()
  #most = 1
  #count = 0

  constructor(nodes: number) {
    this.#nodes = nodes
    this.#allowed = EACH * Math.max(nodes, FEW) ** 2
  }

  /** Messages a node and period. */
  get sent(): number {
    return this.#count / this.#nodes / this.#most
  }

  period(node: number): void {
    const periods = (this.#periods.get(node) ?? 0) + 1
    this.#periods.set(node, periods)
    this.#most = Math.max(this.#most, periods)
  }

  /** @throws {Runaway} at the message that is one too many */
  said(type: string, text: string, receivers: number): void {
    const what = type === RIDES ? 'what rides on a message is' : `sends a message ${type} of`
    if (text.length > MAX_LINE)
      throw new Runaway(`${what} ${text.length} characters: nodes take lines of up to ${MAX_LINE} bytes`)
    if (type === RIDES) return
    this.#count += receivers
    if (this.#count <= this.#allowed * (1 + this.#most)) return
    throw new Runaway(
      `sends too much: ${this.#count} messages within ${this.#most} periods, more than all nodes telling all again and again`,
    )
  }
}
