/** One TCP connection that carries lines, with a bound on everything that the other end can make it hold. */
import type { Socket } from 'node:net'
import { LineFault, LineReader } from './lines.ts'
import { encodeError, WireFault } from './wire.ts'

export interface ConnectionLimits {
  /** Bytes of a line that comes in. */
  readonly maxLine: number
  /** Bytes that wait for a slow reader before what comes next is dropped. */
  readonly maxPending: number
  /** Ms without a byte either way after which it is closed. */
  readonly idle: number
}

export interface ConnectionEvents {
  /** A line came. @throws {WireFault} to answer an error and close */
  line(text: string): void
  /** It is over; `error` if not in good order. Called once. */
  closed(error: Error | undefined): void
}

/** How long a client has to read the error line before the connection is cut off. */
const LINGER_MS = 1000

export class Connection {
  readonly #socket: Socket
  readonly #limits: ConnectionLimits
  readonly #events: ConnectionEvents
  readonly #lines: LineReader
  #ending = false
  #paused = false
  #error: Error | undefined

  constructor(socket: Socket, limits: ConnectionLimits, events: ConnectionEvents) {
    this.#socket = socket
    this.#limits = limits
    this.#events = events
    this.#lines = new LineReader(limits.maxLine)
    socket.setNoDelay(true)
    socket.setTimeout(limits.idle, () => this.close())
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('drain', () => this.#flow())
    socket.on('error', (error) => {
      this.#error = error
    })
    socket.on('close', () => events.closed(this.#error))
  }

  /** Writes a line; false if it was dropped, because the other end reads too slowly or is gone. */
  send(line: string): boolean {
    if (this.#ending || !this.#socket.writable) return false
    const bytes = Buffer.from(line)
    if (this.#socket.writableLength + bytes.length > this.#limits.maxPending) return false
    this.#socket.write(bytes)
    return true
  }

  /** From now on silence is no reason to close. */
  keepOpen(): void {
    this.#socket.setTimeout(0)
  }

  /** Stops reading, as a process that is stopped would, until `resume`. */
  pause(): void {
    this.#paused = true
    this.#socket.pause()
  }

  resume(): void {
    this.#paused = false
    this.#flow()
  }

  /** Sends what is queued, then closes. */
  close(): void {
    if (this.#ending) return
    this.#ending = true
    this.#socket.end()
    this.#socket.resume()
    setTimeout(() => this.#socket.destroy(), LINGER_MS).unref()
  }

  destroy(): void {
    this.#ending = true
    this.#socket.destroy()
  }

  #read(chunk: Buffer): void {
    if (this.#ending) return
    try {
      for (const line of this.#lines.read(chunk)) {
        this.#events.line(line)
        if (this.#ending) return
      }
    } catch (fault) {
      if (!(fault instanceof LineFault || fault instanceof WireFault)) throw fault
      this.send(encodeError(fault.message))
      this.close()
    }
    // Whoever asks without reading the answers is not listened to until they have been read.
    if (this.#socket.writableNeedDrain) this.#socket.pause()
  }

  #flow(): void {
    if (!this.#paused && !this.#socket.writableNeedDrain) this.#socket.resume()
  }
}
