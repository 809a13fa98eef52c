/** Where a daemon's events go: an event is only built while somebody listens. */
import type { GossipEvent } from '../../measure/event.ts'
import { type Clock, realClock } from '../clock.ts'

export type Listener = (event: GossipEvent) => void

export class EventBus {
  readonly #node: () => string
  readonly #clock: Clock
  readonly #listeners = new Set<Listener>()

  /** @param node whose events they are: its address at the time */
  constructor(node: () => string, clock: Clock) {
    this.#clock = clock
    this.#node = node
  }

  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  /** @returns what ends it */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(event: GossipEvent['event'], about: Partial<GossipEvent> = {}): void {
    if (this.#listeners.size > 0) this.tell(this.at(this.now(), event, about))
  }

  tell(event: GossipEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** An event that nobody is told. */
  at(at: number, event: GossipEvent['event'], about: Partial<GossipEvent>): GossipEvent {
    return { at, node: this.#node(), event, ...about }
  }

  /** The time that events bear. */
  now(): number {
    return wallClock(this.#clock)
  }
}

/** Ms since 1970 to a microsecond, on a clock that doesn't jump while the process lives. */
export function wallClock(clock: Clock = realClock): number {
  return Math.round((clock.origin + clock.now()) * 1000) / 1000
}
