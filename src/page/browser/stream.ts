/** Hears the server, and tries again when it is gone. */
import { parsedVisibly } from '../model/visible-text.ts'
import type { ServerMessage } from '../wire.ts'

const MAX_PAUSE_MS = 10_000

export interface Listener {
  /** @param text what it was read from */
  told(told: ServerMessage, text: string): void
  connected(is: boolean): void
}

export class Stream {
  readonly #listener: Listener
  #source: EventSource | undefined
  #pause = 500
  #isClosed = false

  constructor(listener: Listener) {
    this.#listener = listener
  }

  open(): void {
    if (this.#isClosed) return
    const source = new EventSource('/stream')
    this.#source = source
    source.onopen = () => {
      this.#pause = 500
      this.#listener.connected(true)
    }
    source.onmessage = ({ data }: MessageEvent<string>) =>
      this.#listener.told(parsedVisibly<ServerMessage>(data), data)
    source.onerror = () => {
      if (this.#isClosed) return
      this.#listener.connected(false)
      // Otherwise the browser tries again itself.
      if (source.readyState === EventSource.CLOSED) this.#again()
    }
  }

  /** For good: there is no more to come. */
  close(): void {
    this.#isClosed = true
    this.#source?.close()
  }

  #again(): void {
    setTimeout(() => this.open(), this.#pause)
    this.#pause = Math.min(2 * this.#pause, MAX_PAUSE_MS)
  }
}
