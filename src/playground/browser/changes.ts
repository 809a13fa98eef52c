/** Tells whoever listens that something has changed: many changes at once are one. */
import { useEffect, useReducer } from 'preact/hooks'

export class Changes {
  readonly #listeners = new Set<() => void>()
  #isAnnounced = false

  /** @returns what ends it */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  changed(): void {
    if (this.#isAnnounced) return
    this.#isAnnounced = true
    queueMicrotask(() => {
      this.#isAnnounced = false
      for (const it of this.#listeners) it()
    })
  }
}

/** Draws a component anew when something has changed. */
export function useChanges(changes: Changes): void {
  const [, again] = useReducer<number, void>((n) => n + 1, 0)
  useEffect(() => changes.subscribe(() => again()), [changes])
}
