/** How the last values read that clients handed in. */
import { DEFAULT_KEY } from '../../gossip/default-key.ts'
import { type GossipEvent, isHandedIn } from '../../measure/event.ts'

/** Many more than are asked for. */
const MOST = 1000

export class RecordedTexts {
  readonly #texts = new Map<string, string | null>()

  see(it: GossipEvent): void {
    const { key = DEFAULT_KEY, timestamp, value } = it
    if (!isHandedIn(it) || timestamp === undefined || value === undefined) return
    this.#texts.set(idOf(key, timestamp), value)
    if (this.#texts.size > MOST) this.#texts.delete(this.#texts.keys().next().value!)
  }

  /** Null: it deletes; undefined: nothing tells. */
  of(key: string, timestamp: number): string | null | undefined {
    return this.#texts.get(idOf(key, timestamp))
  }
}

function idOf(key: string, timestamp: number): string {
  return `${timestamp} ${key}`
}
