/** Who listens to a source; events are told to them some at a time. */
import type { GossipEvent } from '../../measure/event.ts'
import type { ServerMessage } from '../wire.ts'

/** For how long events are collected, in ms. */
const COLLECT_MS = 25
/** Events that are told at once, at most; the others are only counted. */
export const MAX_AT_ONCE = 20_000

export class Subscribers {
  readonly #listeners = new Set<(told: ServerMessage) => void>()
  #events: GossipEvent[] = []
  #dropped = 0
  #timer: NodeJS.Timeout | undefined

  get isThere(): boolean {
    return this.#listeners.size > 0
  }

  /** @returns what ends it */
  listen(listener: (told: ServerMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(told: ServerMessage): void {
    this.flush()
    this.#tell(told)
  }

  /** In order of time. Where nobody listens nothing is kept. */
  see(event: GossipEvent): void {
    if (!this.isThere) return
    if (this.#events.length < MAX_AT_ONCE) this.#events.push(event)
    else this.#dropped += 1
    this.#timer ??= setTimeout(() => this.flush(), COLLECT_MS)
  }

  stop(): void {
    this.flush()
    this.#listeners.clear()
  }

  /** Tells what is collected: who comes after that hears only what follows. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#events.length === 0) return
    const events = this.#events
    this.#events = []
    this.#tell({ kind: 'events', events, dropped: this.#dropped })
  }

  #tell(told: ServerMessage): void {
    for (const listener of this.#listeners) listener(told)
  }
}
