/** How a node calls its strategy: one handler at a time, within a budget; what goes wrong in one is told, and ends there. */
import { enter, leave } from './budget.ts'
import type { EventHandler, HandlerName } from './handlers.ts'
import type { Host } from './host.ts'
import type { Protocol } from './protocol.ts'
import type { Address } from './strategy.ts'
import { assertSynchronous, StrategyError } from './strategy-error.ts'
import type { PeerView } from './view/view.ts'

type Told = (node: unknown, ...about: unknown[]) => unknown

export abstract class HandlerCalls {
  #address: Address
  protected readonly protocol: Protocol
  protected readonly view: PeerView
  protected readonly host: Host

  constructor(address: Address, protocol: Protocol, view: PeerView, host: Host) {
    this.#address = address
    this.protocol = protocol
    this.view = view
    this.host = host
  }

  /** As peers know it. */
  get address(): Address {
    return this.#address
  }

  protected rename(to: Address): void {
    this.#address = to
  }

  /** Tells the strategy of something, if it wants to know. */
  protected tell(handler: EventHandler, first?: unknown, second?: unknown, third?: unknown): void {
    const told = this.protocol.strategy[handler] as Told | undefined
    if (told === undefined) return
    this.#enter(handler)
    try {
      assertSynchronous(told.call(this.protocol.strategy, this, first, second, third))
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
  protected ask<T>(handler: HandlerName, answer: () => T, otherwise: T): T {
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

  /** A handler has returned. */
  protected abstract handled(): void

  protected fault(handler: string, cause: unknown): void {
    const { name, placeOf } = this.protocol
    // A fault within a fault has named its place.
    const place = cause instanceof StrategyError ? undefined : placeOf?.(cause)
    this.host.observer.fault(new StrategyError(name, handler, cause, place))
  }

  #enter(handler: string, asks = false): void {
    enter(handler, this.protocol.pulses.get(handler)!, this.view.size, asks)
  }
}
