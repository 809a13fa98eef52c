/**
 * Instruments at each handler of a membership: they note what is written to, what nodes share, what they say, and what
 * each node keeps. A handler's node is the real one behind a proxy that knows whose handler is under way.
 */
import { MEMBERSHIP_HANDLERS } from '../../../gossip/handlers.ts'
import type { Membership } from '../../../gossip/membership.ts'
import type { MembershipProtocol } from '../../../gossip/protocol.ts'
import type { Address } from '../../../gossip/strategy.ts'
import { assertSynchronous, type ReceivedChanged, StrategyError } from '../../../gossip/strategy-error.ts'
import type { Member } from '../../../gossip/view/member.ts'
import { numberOf } from '../../../gossip/view/node-number.ts'
import { type Addresses, asNumbers } from '../observe/guarded-node.ts'
import type { Mistake } from '../observe/instrumented.ts'
import { watched } from '../observe/watched.ts'

type Handler = (...args: unknown[]) => unknown

/** Who hears what nodes do. */
export interface MemberListener {
  /** A period of that node begins. */
  period(node: number): void
  /** It says this to so many; what rides is told alone. @throws {Runaway} where that is too much */
  said(type: string, text: string, receivers: number): void
}

/** Of the word that rides on every message. */
export const RIDES = 'rides'

/** What a node's `state` is for its host: the membership's own is made when a handler first asks, by the node's own file. */
interface Kept {
  state?: { readonly it: unknown }
}

export class MemberInstruments {
  /** The first write to what was received. */
  changed: Mistake<ReceivedChanged> | undefined
  /** What a node refused first. */
  refused: Mistake<unknown> | undefined
  /** What nodes were seen to share first. */
  shared: Mistake<Error> | undefined
  /** Each node's state, by its number. */
  readonly states = new Map<number, unknown>()
  readonly #protocols: readonly MembershipProtocol[]
  readonly #listener: MemberListener
  readonly #addresses: Addresses
  readonly #watches: boolean
  readonly #guarded = new WeakMap<Member, object>()
  /** By their numbers; of one that started again the last. */
  readonly #members = new Map<number, Member>()
  readonly #made = new WeakSet<object>()
  readonly #options: unknown
  #node: object | undefined
  #handler = ''

  /**
   * @param protocols one for all nodes, or one for each
   * @param watches does it look what becomes of what is received?
   */
  constructor(
    protocols: readonly MembershipProtocol[],
    listener: MemberListener,
    watches: boolean,
    addresses: Addresses = asNumbers,
  ) {
    this.#protocols = protocols
    this.#listener = listener
    this.#watches = watches
    this.#addresses = addresses
    this.#options = watched(protocols[0]!.options, this.#written, 'options')
  }

  /** The membership of all nodes, with an instrument at each of its handlers. */
  get protocol(): MembershipProtocol {
    const [first] = this.#protocols
    const all: Record<string, unknown> = { ...first!.membership }
    for (const name of MEMBERSHIP_HANDLERS) {
      if (name === 'state') all.state = (): Kept => ({})
      else if (name === 'onPeriod' || first!.membership[name] !== undefined) all[name] = this.#wrap(name)
    }
    const types = Object.keys(first!.membership.onMessage ?? {})
    if (types.length > 0)
      all.onMessage = Object.fromEntries(types.map((it) => [it, this.#wrap(`onMessage.${it}`, it)]))
    return { ...first!, membership: all as unknown as Membership }
  }

  /** Messages of all nodes to themselves that have not come yet. */
  get waiting(): number {
    return [...this.#members.values()].reduce((sum, it) => sum + it.waiting, 0)
  }

  /** @param type of the messages that it handles, if it does */
  #wrap(name: string, type?: string): Handler {
    const path = name === 'onRide' ? RIDES : 'fields'
    return (member, ...args) => {
      const it = member as Member
      const node = this.#guard(it)
      if (name === 'onPeriod') this.#listener.period(numberOf(it.self))
      const seen = args.map((arg) => {
        if (typeof arg === 'number') return this.#addresses.shown(arg as Address)
        return this.#watches ? watched(arg, this.#written, path) : arg
      })
      const { membership } = this.#ofNode(it)
      const owner = (type === undefined ? membership : membership.onMessage) as Record<string, Handler>
      const answer = this.#during(node, name, () => owner[type ?? name]?.(node, ...seen))
      if (name === 'ride' && answer !== undefined) this.#said(RIDES, answer, 1)
      return answer
    }
  }

  /** The file that this node runs. */
  #ofNode(member: Member): MembershipProtocol {
    return this.#protocols[numberOf(member.self) % this.#protocols.length]!
  }

  #guard(member: Member): object {
    const known = this.#guarded.get(member)
    if (known !== undefined) return known
    this.#members.set(numberOf(member.self), member)
    const node: object = new Proxy(member, { get: (_, name) => this.#asked(member, node, String(name)) })
    this.#guarded.set(member, node)
    return node
  }

  /** What a word of the node's is. */
  #asked(member: Member, node: object, word: string): unknown {
    if (node !== this.#node)
      this.#share(
        this.#handler || 'later',
        "uses another node than its own: a handler's node is not to be kept; what a node must know is in state()",
      )
    if (word === 'state') return this.#stateOf(member)
    if (word === 'options') return this.#options
    const it: unknown = Reflect.get(member, word, member)
    if (typeof it !== 'function') return this.#isAddress(word) ? this.#shown(it) : it
    return (...args: unknown[]) => {
      try {
        if (word === 'send') this.#said(String(args[1]), args[2], (args[0] as readonly unknown[]).length)
        if (TO_PEERS.has(word)) for (const it of [args[0]].flat()) this.#addresses.meant(it as Address)
        // What it draws from or logs is its own affair.
        const meant = word === 'sample' || word === 'log' ? args : args.map((arg) => this.#meant(arg))
        const answer: unknown = Reflect.apply(it, member, meant)
        return word === 'pick' ? this.#shown(answer) : answer
      } catch (error) {
        this.refused ??= { handler: this.#handler, mistake: error }
        throw error
      }
    }
  }

  #isAddress(word: string): boolean {
    return word === 'self' || word === 'peers'
  }

  #stateOf(member: Member): unknown {
    const kept = member.state as Kept
    kept.state ??= { it: this.#makeState(member) }
    return kept.state.it
  }

  #makeState(member: Member): unknown {
    const { name, membership, placeOf } = this.#ofNode(member)
    const handler = this.#handler
    this.#handler = 'state'
    try {
      const state: unknown = membership.state?.({ options: this.#options as never })
      assertSynchronous(state)
      this.states.set(numberOf(member.self), state)
      if (typeof state !== 'object' || state === null || Object.isFrozen(state)) return state
      if (this.#made.has(state))
        this.#share(
          'state',
          'gives two nodes, or one that starts again, the same object: make a new one each time',
        )
      this.#made.add(state)
      return state
    } catch (error) {
      throw new StrategyError(name, 'state', error, placeOf?.(error), 'membership')
    } finally {
      this.#handler = handler
    }
  }

  #said(type: string, contents: unknown, receivers: number): void {
    let text = ''
    try {
      text = JSON.stringify(contents) ?? ''
    } catch {
      // The node says what is wrong with it.
    }
    this.#listener.said(type, text, receivers)
  }

  #shown(it: unknown): unknown {
    if (Array.isArray(it)) return it.map((one) => this.#shown(one))
    return typeof it === 'number' ? this.#addresses.shown(it as Address) : it
  }

  /** Addresses, alone or in a list, wherever they are handed in; other words look like none. */
  #meant(it: unknown): unknown {
    if (this.#addresses === asNumbers) return it
    if (Array.isArray(it) || it instanceof Set) return [...it].map((one) => this.#meant(one))
    return typeof it === 'string' && ADDRESS.test(it) ? this.#addresses.meant(it as unknown as Address) : it
  }

  readonly #written = (mistake: ReceivedChanged): void => {
    this.changed ??= { handler: this.#handler, mistake }
  }

  #share(handler: string, what: string): void {
    this.shared ??= { handler, mistake: new Error(what) }
  }

  /** What rides is asked for in the middle of a handler. */
  #during<T>(node: object, handler: string, act: () => T): T {
    const [nodeBefore, handlerBefore] = [this.#node, this.#handler]
    this.#node = node
    this.#handler = handler
    try {
      return act()
    } finally {
      this.#node = nodeBefore
      this.#handler = handlerBefore
    }
  }
}

/** Words that begin with whom they are about. */
const TO_PEERS: ReadonlySet<string> = new Set(['send', 'add', 'drop'])
/** As `asTexts` shows them. */
const ADDRESS = /^n\d+:7000$/
