/**
 * A cluster of real nodes in memory. What they send lies in one heap, from which the test delivers in whatever
 * order it likes, or twice, or never.
 */
import type { Message } from '../../src/gossip/message.ts'
import type { GossipNode } from '../../src/gossip/node.ts'
import type { Address } from '../../src/gossip/strategy.ts'
import { addresses, value } from '../gossip/build.ts'
import { dice } from '../gossip/dice.ts'
import { NamedView } from '../gossip/named-view.ts'
import { meetingView } from '../membership/meeting.ts'
import { place, type RecordingHost } from '../strategy/recording-host.ts'

/** Whom nodes know: everyone knows everyone, or each only the next ones in a line. */
export type Acquaintance = 'everyone' | 'line'

export interface ClusterSettings {
  readonly seed: number
  readonly acquaintance: Acquaintance
  readonly options?: Readonly<Record<string, unknown>>
}

interface InFlight {
  readonly from: Address
  readonly to: Address
  readonly message: Message
}

export class Cluster {
  readonly nodes: readonly GossipNode[]
  readonly #hosts: readonly RecordingHost[]
  readonly #heap: InFlight[] = []

  constructor(size: number, strategy: unknown, { seed, acquaintance, options = {} }: ClusterSettings) {
    const everyone = addresses(size)
    const members = everyone.map((self, i) => {
      const view = acquaintance === 'line' ? meetingView({}, self).view : new NamedView(self, everyone)
      return place(strategy, { self, view, options, random: dice(seed + i) })
    })
    this.nodes = members.map(({ node }) => node)
    this.#hosts = members.map(({ host }) => host)
    for (const [i, self] of everyone.entries()) {
      this.nodes[i - 1]?.meet(self, undefined, 'reached')
      if (i > 0) this.nodes[i]!.meet(everyone[i - 1]!, undefined, 'reached')
    }
  }

  get inFlight(): number {
    return this.#heap.length
  }

  /** A period passes at that node: what it waited for happens, then its strategy is told. */
  period(node: number): void {
    this.#act(node, (it) => {
      this.#hosts[node]!.pass(1)
      it.period()
    })
  }

  propose(node: number, text: string | null, timestamp: number): void {
    this.#act(node, (it) => it.receive(null, value(text, timestamp)))
  }

  /** Delivers the message at that place of the heap; and leaves it there, to come again, if it is to be `kept`. */
  deliver(at: number, kept = false): void {
    const { from, to, message } = kept ? this.#heap[at]! : this.#take(at)
    this.#act(
      this.nodes.findIndex(({ address }) => address === to),
      (it) => it.receive(from, message),
    )
  }

  lose(at: number): void {
    this.#take(at)
  }

  #take(at: number): InFlight {
    return this.#heap.splice(at, 1)[0]!
  }

  #act(i: number, act: (node: GossipNode) => void): void {
    const node = this.nodes[i]!
    act(node)
    const host = this.#hosts[i]!
    const [fault] = host.seen('fault')
    if (fault !== undefined) throw fault[1]
    for (const { to, message } of host.sent()) this.#heap.push({ from: node.address, to, message })
  }
}
