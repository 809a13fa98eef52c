/**
 * One browser that listens: server-sent events. One that reads too slowly is told less: events are left out and
 * counted, and when it has caught up it is told anew how things are. One that doesn't read at all is closed; a browser
 * connects again by itself.
 */
import type { ServerResponse } from 'node:http'
import type { ServerMessage } from '../wire.ts'
import type { Source } from './source.ts'

/** Bytes that may wait for a browser before it is told less. */
const MAX_WAITING = 4 * 1024 * 1024
/** Ms that a browser may read nothing although something waits. */
const STUCK_MS = 30_000
/** A word now and then shows either end that the other is still there; in ms. */
const ALIVE_MS = 15_000

export class EventStream {
  readonly #response: ServerResponse
  readonly #source: Source
  readonly #end: () => void
  /** What has to be told first, as fast as it is read. */
  #first: Iterator<ServerMessage>
  #isTellingFirst = true
  /** Was something left out that is not an event? */
  #isBehind = false
  #dropped = 0
  #stuck: NodeJS.Timeout | undefined

  /** @param text of a thing told, made once for all browsers */
  constructor(response: ServerResponse, source: Source, text: (told: ServerMessage) => string) {
    this.#response = response
    this.#source = source
    const past = source.past?.()
    this.#first = [source.hello, ...(past === undefined ? [] : [past]), ...source.now()][Symbol.iterator]()
    const unlisten = source.listen((told) => this.#tell(told, text))
    const alive = setInterval(() => this.#response.writableLength === 0 && this.#write(': \n\n'), ALIVE_MS)
    this.#end = () => {
      unlisten()
      clearInterval(alive)
      clearTimeout(this.#stuck)
    }
    response.on('drain', () => this.#drained())
    response.once('close', this.#end)
    this.#tellFirst()
  }

  close(): void {
    this.#end()
    this.#response.end()
  }

  #tell(told: ServerMessage, text: (told: ServerMessage) => string): void {
    if (this.#isTellingFirst || this.#isFull) {
      if (told.kind === 'events') this.#dropped += told.events.length
      else this.#isBehind = true
    } else if (told.kind === 'events' && this.#dropped > 0) {
      this.#write(encode({ ...told, dropped: told.dropped + this.#dropped }))
    } else this.#write(text(told))
  }

  #tellFirst(): void {
    while (!this.#isFull) {
      const { value, done } = this.#first.next()
      if (done === true) {
        this.#isTellingFirst = false
        return
      }
      this.#write(encode(value))
    }
  }

  #drained(): void {
    clearTimeout(this.#stuck)
    this.#stuck = undefined
    if (!this.#isTellingFirst && this.#isBehind) {
      this.#isBehind = false
      this.#isTellingFirst = true
      this.#first = this.#source.now()[Symbol.iterator]()
    }
    if (this.#isTellingFirst) this.#tellFirst()
  }

  get #isFull(): boolean {
    return this.#response.writableLength > MAX_WAITING
  }

  #write(text: string): void {
    if (!this.#response.write(text)) {
      this.#stuck ??= setTimeout(() => this.#response.destroy(), STUCK_MS)
    }
  }
}

export function encode(told: ServerMessage): string {
  return `data: ${JSON.stringify(told)}\n\n`
}
