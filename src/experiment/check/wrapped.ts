/** A strategy with an ear at each of its handlers: what they write to is seen, and who is interested is remembered. */
import type { ReceivedChanged } from '../../gossip/fault.ts'
import type { Protocol } from '../../gossip/protocol.ts'
import type { GossipStrategy, StrategyNode } from '../../gossip/strategy.ts'
import { watched } from './watched.ts'

type Handler = (...args: unknown[]) => unknown

export class Wrapped {
  readonly protocol: Protocol
  /** The first write to what was received, and the handler that did it. */
  changed: { readonly handler: string; readonly mistake: ReceivedChanged } | undefined
  /** The last answer of each node, by its number. */
  readonly #interested = new Map<number, boolean>()

  constructor(protocol: Protocol) {
    const { strategy } = protocol
    const names = ['state', 'onPeriod', 'onNewer', 'onKnown', 'onOlder', 'onPeerDown'] as const
    const all: Record<string, unknown> = { ...strategy }
    for (const name of names) {
      const it = strategy[name] as Handler | undefined
      if (it !== undefined) all[name] = this.#wrap(strategy, name, it)
    }
    const { interested, onMessage = {} } = strategy
    if (interested !== undefined) {
      const ask = this.#wrap(strategy, 'interested', interested as Handler)
      all.interested = (node: StrategyNode): unknown => {
        const answer = ask(node)
        this.#interested.set(node.number, Boolean(answer))
        return answer
      }
    }
    if (strategy.onMessage !== undefined) {
      const types = Object.entries(onMessage).map(([type, it]) => [
        type,
        this.#wrap(onMessage, `onMessage.${type}`, it as Handler),
      ])
      all.onMessage = Object.fromEntries(types)
    }
    this.protocol = { ...protocol, strategy: all as unknown as GossipStrategy }
  }

  /** How many nodes were interested when they were asked last; undefined if the strategy doesn't say who is. */
  get interested(): number | undefined {
    if (this.protocol.strategy.interested === undefined) return undefined
    return [...this.#interested.values()].filter(Boolean).length
  }

  /** The third that a handler is given is what came with a message. */
  #wrap(owner: object, handler: string, it: Handler): Handler {
    const written = (mistake: ReceivedChanged): void => {
      this.changed ??= { handler, mistake }
    }
    const name = handler.startsWith('onMessage') ? 'fields' : 'carried'
    return (node, from, received) => it.call(owner, node, from, watched(received, written, name))
  }
}
