/** A strategy with an ear at each of its handlers: none may be asynchronous, and who is interested is remembered. */
import type { Protocol } from '../../gossip/protocol.ts'
import type { GossipStrategy, StrategyNode } from '../../gossip/strategy.ts'

type Handler = (...args: unknown[]) => unknown

export class Wrapped {
  readonly protocol: Protocol
  /** The last answer of each node, by its number. */
  readonly #interested = new Map<number, boolean>()

  constructor(protocol: Protocol) {
    const { strategy } = protocol
    const names = ['state', 'onPeriod', 'onNewer', 'onKnown', 'onOlder', 'onPeerDown'] as const
    const all: Record<string, unknown> = { ...strategy }
    for (const name of names) {
      const it = strategy[name] as Handler | undefined
      if (it !== undefined) all[name] = this.#wrap(strategy, it)
    }
    const { interested, onMessage = {} } = strategy
    if (interested !== undefined) {
      const ask = this.#wrap(strategy, interested as Handler)
      all.interested = (node: StrategyNode): boolean => {
        const answer = Boolean(ask(node))
        this.#interested.set(node.number, answer)
        return answer
      }
    }
    if (strategy.onMessage !== undefined) {
      const types = Object.entries(onMessage).map(([type, it]) => [
        type,
        this.#wrap(onMessage, it as Handler),
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

  #wrap(owner: object, it: Handler): Handler {
    return (...args) => synchronous(it.apply(owner, args))
  }
}

function synchronous(answer: unknown): unknown {
  if (!(answer instanceof Promise)) return answer
  answer.catch(() => {})
  throw new Error('is async: what it does after an await no host waits for')
}
