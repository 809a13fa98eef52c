/** Hears the page's server, and tries again when it is gone. */
import { parsedVisibly } from '../model/visible-text.ts'
import type { ActionResult, ServerMessage } from '../wire.ts'
import type { Connection, Listener } from './connection.ts'

const MAX_PAUSE_MS = 10_000

export class ServerConnection implements Connection {
  #source: EventSource | undefined
  #pause = 500
  #isClosed = false

  open(listener: Listener): void {
    if (this.#isClosed) return
    const source = new EventSource('/stream')
    this.#source = source
    source.onopen = () => {
      this.#pause = 500
      listener.connected(true)
    }
    source.onmessage = ({ data }: MessageEvent<string>) =>
      listener.told(parsedVisibly<ServerMessage>(data), data)
    source.onerror = () => {
      if (this.#isClosed) return
      listener.connected(false)
      // Otherwise the browser tries again itself.
      if (source.readyState === EventSource.CLOSED) this.#again(listener)
    }
  }

  close(): void {
    this.#isClosed = true
    this.#source?.close()
  }

  async act(action: object): Promise<ActionResult> {
    try {
      const response = await fetch('/act', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(action),
      })
      return answer(await response.text(), response.headers.get('content-type'))
    } catch {
      return { done: false, error: 'the server does not answer' }
    }
  }

  #again(listener: Listener): void {
    setTimeout(() => this.open(listener), this.#pause)
    this.#pause = Math.min(2 * this.#pause, MAX_PAUSE_MS)
  }
}

/** What refuses a request before it is understood says so in plain text. */
function answer(text: string, type: string | null): ActionResult {
  if (type?.startsWith('application/json')) return JSON.parse(text) as ActionResult
  return { done: false, error: text.trim().slice(0, 300) || 'refused' }
}
