/** What happened to values since they are known, while it was not told how they were handed in: streams overtake each other. */
import type { GossipEvent } from '../../measure/event.ts'
import type { Spread } from './spread.ts'

/** Events of all of them within which it may be told. */
const MAX_EVENTS = 2000

export class EarlyEvents {
  readonly #of = new Map<Spread, GossipEvent[]>()
  #count = 0

  /** @param first the event that it was first known by, if it was one */
  begin(spread: Spread, first?: GossipEvent): void {
    this.#of.set(spread, first === undefined ? [] : [first])
    this.#count += 1
  }

  has(spread: Spread): boolean {
    return this.#of.has(spread)
  }

  add(spread: Spread, event: GossipEvent): void {
    if (this.#of.size === 0) return
    const events = this.#of.get(spread)
    if (events === undefined) return
    events.push(event)
    this.#count += 1
    if (this.#count <= MAX_EVENTS) return
    this.#of.clear()
    this.#count = 0
  }

  /** It is known now, or not asked for any more. @returns its events */
  end(spread: Spread): readonly GossipEvent[] {
    const events = this.#of.get(spread) ?? []
    if (this.#of.delete(spread)) this.#count -= Math.max(1, events.length)
    return events
  }
}
