/**
 * Instruments at each handler of a run: they note what is written to, what nodes share, what they say, who is
 * interested and what each node keeps.
 */

import { EVENT_HANDLERS, VALUE_HANDLERS } from '../../../gossip/handlers.ts'
import type { GossipNode } from '../../../gossip/node.ts'
import type { Protocol } from '../../../gossip/protocol.ts'
import type { Address, GossipStrategy, Item, Name, StrategyNode } from '../../../gossip/strategy.ts'
import type { ReceivedChanged } from '../../../gossip/strategy-error.ts'
import { GuardedItems } from './guarded-items.ts'
import { type Addresses, asNumbers, type Guard, GuardedNode } from './guarded-node.ts'
import { watched } from './watched.ts'

type Handler = (...args: unknown[]) => unknown

/** What a handler did, and which. */
export interface Mistake<E> {
  readonly handler: string
  readonly mistake: E
}

export class Instruments implements Guard {
  readonly addresses: Addresses
  /** The first write to what was received. */
  changed: Mistake<ReceivedChanged> | undefined
  /** What a node refused first to send. */
  unsent: Mistake<unknown> | undefined
  /** The first use of a value whose time was over. */
  kept: Mistake<Error> | undefined
  /** What nodes were seen to share first. */
  shared: Mistake<Error> | undefined
  /** Each node's state, by its number. */
  readonly states = new Map<number, unknown>()
  /** By their numbers; of one that started again the last. */
  readonly #nodes = new Map<number, GossipNode>()
  #asksInterest = false
  readonly #contents: ((text: string) => void) | undefined
  readonly #items = new GuardedItems(
    (mistake) => this.#written(mistake),
    (mistake) => {
      this.kept ??= { handler: this.#handler, mistake }
    },
  )
  readonly #itemStates = new WeakSet<object>()
  readonly #guarded = new WeakMap<object, GuardedNode>()
  readonly #options = new WeakMap<object, StrategyNode['options']>()
  readonly #owners = new WeakMap<object, number>()
  #node: GuardedNode | undefined
  #handler = ''

  /** @param contents told what is said in messages; without it nobody looks what becomes of these either */
  constructor(contents?: (text: string) => void, addresses: Addresses = asNumbers) {
    this.#contents = contents
    this.addresses = addresses
  }

  /** The same protocol, with an instrument at each of its handlers. */
  wrap(protocol: Protocol): Protocol {
    const { strategy } = protocol
    const all: Record<string, unknown> = { ...strategy }
    for (const name of EVENT_HANDLERS) {
      const it = strategy[name] as Handler | undefined
      if (it !== undefined) all[name] = this.#wrap(strategy, name, it)
    }
    const { state, item, interested, settled, onMessage } = strategy
    if (state !== undefined) all.state = this.#wrapState(strategy, state as Handler)
    if (item !== undefined) all.item = this.#wrapItem(strategy, item as Handler)
    if (interested !== undefined)
      all.interested = this.#wrapQuestion('interested', interested as Handler, (it) =>
        this.#items.asked(it as Item),
      )
    if (settled !== undefined)
      all.settled = this.#wrapQuestion('settled', settled as Handler, (it) =>
        this.#items.unchanged(it, 'state'),
      )
    this.#asksInterest = interested !== undefined || settled !== undefined
    if (onMessage !== undefined) {
      const types = Object.entries(onMessage).map(([type, it]) => [
        type,
        this.#wrap(onMessage, `onMessage.${type}`, it as Handler),
      ])
      all.onMessage = Object.fromEntries(types)
    }
    return { ...protocol, strategy: all as unknown as GossipStrategy }
  }

  /** How many nodes are interested; undefined if the strategy doesn't say who is. */
  get interested(): number | undefined {
    return this.#asksInterest ? [...this.#nodes.values()].filter((it) => it.interested).length : undefined
  }

  asked(node: GuardedNode): void {
    if (node === this.#node) return
    this.#share(
      this.#handler || 'later',
      "uses another node than its own: a handler's node is not to be kept; what a node must know is in state()",
    )
  }

  told(contents: unknown): void {
    if (contents === undefined || this.#contents === undefined) return
    try {
      this.#contents(JSON.stringify(contents) ?? '')
    } catch {
      // The node says what is wrong with it.
    }
  }

  refused(error: unknown): void {
    this.unsent ??= { handler: this.#handler, mistake: error }
  }

  items(items: readonly Item[], from: string): readonly Item[] {
    return this.#contents ? this.#items.items(items, from) : items
  }

  names(names: readonly Name[], from: string): readonly Name[] {
    return this.#contents ? this.#items.list(names, from) : names
  }

  options(options: StrategyNode['options']): StrategyNode['options'] {
    if (this.#contents === undefined) return options
    const known = this.#options.get(options)
    if (known !== undefined) return known
    const it = watched(options, this.#written, 'options') as StrategyNode['options']
    this.#options.set(options, it)
    return it
  }

  /** Delays of all nodes that have not come yet. */
  get waiting(): number {
    return [...this.#nodes.values()].reduce((sum, it) => sum + it.waiting, 0)
  }

  /** What all nodes remember of the values that they hold. */
  get remembered(): unknown[] {
    return [...this.#nodes.values()].flatMap((it) => it.remembered)
  }

  /** The last that a handler is given is what came with a message; of a value it is told before who sent it. */
  #wrap(owner: object, handler: string, it: Handler): Handler {
    const name = handler.startsWith('onMessage') ? 'fields' : 'carried'
    const isOfValue = VALUE_HANDLERS.some((it) => it === handler)
    const shown = (from: unknown): unknown =>
      typeof from === 'number' ? this.addresses.shown(from as Address) : from
    const seen = (received: unknown): unknown =>
      this.#contents ? watched(received, this.#written, name) : received
    return (node, first, second, third) => {
      const guarded = this.#guard(node as GossipNode)
      this.#items.next()
      const about = isOfValue && this.#contents ? this.#items.item(first as Item) : first
      return this.#during(guarded, handler, () =>
        isOfValue
          ? it.call(owner, guarded, about, shown(second), seen(third))
          : it.call(owner, guarded, shown(first), seen(second)),
      )
    }
  }

  #wrapState(owner: object, it: Handler): Handler {
    return (self) => {
      const { number } = self as { number: number }
      this.#handler = 'state'
      const state = it.call(owner, self)
      this.states.set(number, state)
      if (typeof state !== 'object' || state === null || Object.isFrozen(state)) return state
      const before = this.#owners.get(state)
      this.#owners.set(state, number)
      if (before === number)
        this.#share('state', 'gives a node that starts again the object that it had: a process has a new one')
      else if (before !== undefined)
        this.#share(
          'state',
          `gives nodes ${before} and ${number} the same object: make a new one for each node`,
        )
      return state
    }
  }

  #wrapItem(owner: object, it: Handler): Handler {
    return (self) => {
      this.#handler = 'item'
      const state = it.call(owner, self)
      if (typeof state !== 'object' || state === null || Object.isFrozen(state)) return state
      if (this.#itemStates.has(state))
        this.#share('item', 'gives two values the same object: make a new one for each')
      this.#itemStates.add(state)
      return state
    }
  }

  /** A question has nothing but what it is asked about, and only answers. */
  #wrapQuestion(name: string, it: Handler, asked: (about: unknown) => unknown): Handler {
    if (this.#contents === undefined) return it
    return (about, options) => {
      const handler = this.#handler
      this.#handler = name
      try {
        return it(asked(about), this.options(options as StrategyNode['options']))
      } finally {
        this.#handler = handler
      }
    }
  }

  readonly #written = (mistake: ReceivedChanged): void => {
    this.changed ??= { handler: this.#handler, mistake }
  }

  #share(handler: string, what: string): void {
    this.shared ??= { handler, mistake: new Error(what) }
  }

  #guard(node: GossipNode): GuardedNode {
    const known = this.#guarded.get(node)
    if (known !== undefined) return known
    this.#nodes.set(node.number, node)
    const it = new GuardedNode(node, this)
    this.#guarded.set(node, it)
    return it
  }

  #during<T>(node: GuardedNode, handler: string, act: () => T): T {
    this.#node = node
    this.#handler = handler
    try {
      return act()
    } finally {
      this.#node = undefined
      this.#handler = ''
    }
  }
}
