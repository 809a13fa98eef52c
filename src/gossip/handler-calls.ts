/**
 * How a node calls one of its protocols: one handler at a time, within a budget; what goes wrong in one is told, and ends
 * there. And what all protocols may do alike: messages to themselves, dice, lines for whoever looks.
 */
import { countCall, countLine, enter, leave } from './budget.ts'
import { Delays } from './delays.ts'
import { fieldsToSend } from './fields.ts'
import type { HandlerMemory, Host, Observer } from './host.ts'
import type { Fields } from './message.ts'
import type { Declared } from './protocol.ts'
import type { Address } from './strategy.ts'
import { assertSynchronous, SchemaViolation, StrategyError } from './strategy-error.ts'
import type { PeerView } from './view/view.ts'

type Told = (node: unknown, ...about: unknown[]) => unknown
type Handler = (node: never, from: Address, fields: never) => unknown

export const NO_FIELDS: Fields = {}

/** What handlers need of the world. */
export interface HandlersHost extends Pick<Host, 'random' | 'after'> {
  readonly observer: Pick<Observer, 'fault' | 'logged'>
}

/** @typeParam E names of handlers that are told something @typeParam A of those that answer */
export abstract class HandlerCalls<
  P extends Declared,
  E extends string,
  A extends string,
  H extends HandlersHost = Host,
  V extends Pick<PeerView, 'size'> = PeerView,
> {
  protected readonly memory: HandlerMemory
  protected readonly protocol: P
  protected readonly view: V
  protected readonly host: H

  constructor(memory: HandlerMemory, protocol: P, view: V, host: H) {
    this.memory = memory
    this.protocol = protocol
    this.view = view
    this.host = host
  }

  /** What the file declares. */
  protected abstract readonly handlers: Readonly<
    { [K in E | A]?: unknown } & { onMessage?: Readonly<Record<string, Handler>> }
  >

  /** As peers know it. */
  get address(): Address {
    return this.memory.address
  }

  protected rename(to: Address): void {
    this.memory.address = to
  }

  /** From here on nothing happens any more; delays that still wait do nothing. */
  stop(): void {
    this.memory.delays = undefined
  }

  /** Messages to itself that have not come yet. */
  get waiting(): number {
    return this.memory.delays?.size ?? 0
  }

  // What a protocol sees.

  get self(): Address {
    return this.memory.address
  }

  get state(): unknown {
    return this.memory.state
  }

  get options(): Readonly<Record<string, unknown>> {
    return this.protocol.options
  }

  chance(p: number): boolean {
    countCall()
    return this.host.random() < p
  }

  after(periods: number, type: string, from: Address, fields: Fields = NO_FIELDS): boolean {
    countCall()
    if (!(periods >= 0 && periods <= 1e6)) throw new Error(`can't wait ${periods} periods (0 to 1e6)`)
    const delay = { type, from, fields: this.sealed(type, fields) }
    this.memory.delays ??= this.#newDelays()
    return this.memory.delays.add(this.host, periods, delay)
  }

  cancel(type: string, from?: Address): void {
    countCall()
    this.memory.delays?.cancel(type, from)
  }

  log(...what: unknown[]): void {
    countCall()
    const line = countLine()
    if (line !== 'dropped') this.host.observer.logged(line === 'last' ? ['... and more'] : what)
  }

  #newDelays(): Delays {
    const delays = new Delays(({ type, from, fields }) => {
      // Not if the node has stopped, and may have started again, since.
      if (this.memory.delays === delays) this.handle(type, from, fields)
    })
    return delays
  }

  // How it is called.

  /** Tells the protocol of something, if it wants to know. */
  protected tell(handler: E, first?: unknown, second?: unknown, third?: unknown): void {
    const { handlers } = this
    const told = handlers[handler] as Told | undefined
    if (told === undefined) return
    this.#enter(handler)
    try {
      assertSynchronous(told.call(handlers, this, first, second, third))
    } catch (cause) {
      this.fault(handler, cause)
    } finally {
      leave()
    }
    this.handled()
  }

  protected attempt(handler: string, act: () => unknown): void {
    this.#enter(handler)
    try {
      assertSynchronous(act())
    } catch (cause) {
      this.fault(handler, cause)
    } finally {
      leave()
    }
    this.handled()
  }

  /** @param otherwise the answer of one that fails */
  protected ask<T>(handler: A, answer: () => T, otherwise: T): T {
    this.#enter(handler, true)
    try {
      const it = answer()
      assertSynchronous(it)
      return it
    } catch (cause) {
      this.fault(handler, cause)
      return otherwise
    } finally {
      leave()
    }
  }

  /** @returns does the protocol know such messages? */
  protected handle(type: string, from: Address, fields: Fields): boolean {
    // Not every name that an object answers to is a message: a stranger may well say "constructor".
    const handle = this.protocol.messages.has(type) ? this.handlers.onMessage?.[type] : undefined
    if (handle === undefined) return false
    this.attempt(`onMessage.${type}`, () => handle(this as never, from, fields as never))
    return true
  }

  /** A handler has returned. */
  protected abstract handled(): void

  protected fault(handler: string, cause: unknown): void {
    const { kind, name, placeOf } = this.protocol
    const isAnothers = cause instanceof StrategyError && cause.kind !== kind
    // A fault within a fault has named its place.
    const place = cause instanceof StrategyError ? undefined : placeOf?.(cause)
    this.host.observer.fault(isAnothers ? cause : new StrategyError(name, handler, cause, place, kind))
  }

  /** What one of its messages says. @throws {SchemaViolation} */
  protected sealed(type: string, fields: Fields): Fields {
    const schema = this.protocol.messages.get(type)
    if (schema === undefined) throw new SchemaViolation(`has no message ${type}`)
    return fieldsToSend(type, schema, fields)
  }

  #enter(handler: string, asks = false): void {
    enter(handler, this.protocol.pulses.get(handler)!, this.view.size, asks)
  }
}
