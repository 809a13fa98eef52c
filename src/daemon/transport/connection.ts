/** One TCP connection that carries lines, with a bound on everything that the other end can make it hold. */
import type { Socket } from 'node:net'
import { type CallOff, type Clock, realClock } from '../clock.ts'
import { encodeError, ProtocolError } from '../wire.ts'
import { LineError, LineReader } from './line-reader.ts'
import type { MemoryBudget } from './memory-budget.ts'
import { TokenBucket } from './token-bucket.ts'
import { HIGH_WATER_BYTES, remoteHost } from './transport.ts'
import { type Seat, type Turns, turnsOf } from './turns.ts'

export interface ConnectionLimits {
  /** Bytes of a line that comes in. */
  readonly maxLine: number
  /** Bytes that wait for a slow reader before what comes next is dropped. */
  readonly maxPending: number
  /** Ms without a byte either way after which it is closed. */
  readonly idle: number
  /** Ms from its start to the end of the first line that comes, where the other end has to speak first. */
  readonly firstLine?: number | undefined
  /** Ms from the first byte of a line to its end. */
  readonly lineTime: number
  /** Ms that a reader may take for what waits for it. */
  readonly stuck: number
  /** Lines a second, and at once. Beyond that it is not read for a while: nothing is lost, the sender waits. */
  readonly rate: number
  readonly burst: number
}

/** Those of a connection that may be silent for so many ms, out of all limits. */
export function connectionLimits(limits: Omit<ConnectionLimits, 'idle'>, idle: number): ConnectionLimits {
  const { maxLine, maxPending, lineTime, stuck, rate, burst } = limits
  return { maxLine, maxPending, idle, lineTime, stuck, rate, burst }
}

export interface ConnectionEvents {
  /** A line came. @throws {ProtocolError} to answer an error and close */
  line(text: string): void
  /** It is over; `error` if not in good order. Called once. */
  closed(error: Error | undefined): void
}

/** How long a client has to read the error line before the connection is cut off. */
const LINGER_MS = 1000
/** Bytes that are taken of a socket at a time; where many wait fewer, as each line that is taken costs more than its bytes. */
const PART_BYTES = 16_384
const SMALL_PART_BYTES = 1024
const MANY = 128

export class Connection {
  readonly #socket: Socket
  readonly #limits: ConnectionLimits
  readonly #events: ConnectionEvents
  readonly #memory: MemoryBudget | undefined
  readonly #clock: Clock
  readonly #lines: LineReader
  readonly #rate: TokenBucket
  /** The lines of the part that is being looked at; what came after it waits in the socket, which then reads no more. */
  #current: Generator<string, void, void> | undefined
  /** What was said on it is worked on in turns with all others. */
  readonly #turns: Turns
  readonly #seat: Seat
  /** Lines that are sent in one turn go out together: these have not yet. */
  #said = ''
  /** What it holds, as `buffered` was told. */
  #counted = 0
  #rateTimer: CallOff | undefined
  #lineTimer: CallOff | undefined
  /** When that timer ends. */
  #lookAt = Number.POSITIVE_INFINITY
  /** When the line that has begun must have ended. */
  #due = Number.POSITIVE_INFINITY
  /** Has a line come, or need none come? */
  #hasSpoken = true
  #hasNewLine = false
  #readerTimer: CallOff | undefined
  #lingerTimer: CallOff | undefined
  /** When the other end last took something of what waits for it. */
  #takenAt = 0
  readonly #taken = (): void => {
    this.#takenAt = this.#clock.now()
    this.#count()
  }
  /** Has the other end said that no more comes? What came before is still heard, and answered. */
  #isAll = false
  #ending = false
  #paused = false
  #error: Error | undefined
  /** At once where nobody else has anything to do, else in its turn. */
  readonly #work = (): void => this.#turns.ask(this.#seat)

  /** @param buffered where it counts what waits, together with others */
  constructor(
    socket: Socket,
    limits: ConnectionLimits,
    events: ConnectionEvents,
    buffered?: MemoryBudget,
    clock: Clock = realClock,
  ) {
    this.#socket = socket
    this.#limits = limits
    this.#events = events
    this.#memory = buffered
    this.#clock = clock
    this.#lines = new LineReader(limits.maxLine)
    this.#rate = new TokenBucket(limits.rate, limits.burst, () => clock.now())
    this.#turns = turnsOf(clock)
    this.#seat = this.#turns.seat((isOver) => this.#turn(isOver))
    socket.setNoDelay(true)
    socket.setTimeout(limits.idle, () => this.close())
    socket.on('readable', this.#work)
    socket.on('end', () => {
      this.#isAll = true
      this.#work()
    })
    socket.on('drain', this.#work)
    socket.on('error', (error) => {
      this.#error = error
    })
    socket.on('close', () => this.#closed())
    if (limits.firstLine !== undefined) {
      this.#hasSpoken = false
      this.#mustEnd(limits.firstLine)
    }
  }

  /** The address of the other end, as the system tells it. */
  get remote(): string {
    return remoteHost(this.#socket)
  }

  /** Writes a line; false if it was dropped, because the other end reads too slowly or is gone. */
  send(line: string): boolean {
    if (this.#ending || !this.#socket.writable) return false
    const waiting = this.#socket.writableLength + this.#said.length
    if (waiting + line.length > this.#limits.maxPending) return false
    if (waiting > 0 && this.#memory?.isFull(waiting) === true) return false
    if (this.#said === '') process.nextTick(() => this.#utter())
    // As text: one line that waits for many readers is in memory once.
    this.#said += line
    this.#memory?.add(line.length)
    this.#counted += line.length
    return true
  }

  /** One call of the system for all that a turn sends: where lines are short, or one is sent to many, that is most of the work. */
  #utter(): void {
    const said = this.#said
    this.#said = ''
    if (said === '' || this.#socket.destroyed) return
    this.#socket.write(said, this.#taken)
    this.#count()
    const { destroyed, writableLength } = this.#socket
    if (destroyed || writableLength === 0 || this.#readerTimer !== undefined) return
    this.#takenAt = this.#clock.now()
    this.#watchReader(this.#limits.stuck)
  }

  /** From now on silence is no reason to close, as long as the other end is there. */
  keepOpen(): void {
    this.#socket.setTimeout(0)
    this.#socket.setKeepAlive(true, this.#limits.idle)
  }

  /** Stops reading, as a process that is stopped would, until `resume`. */
  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    this.#work()
  }

  /** Sends what is queued, then closes. */
  close(): void {
    if (this.#ending) return
    this.#utter()
    this.#ending = true
    this.#socket.end()
    this.#socket.off('readable', this.#work).resume()
    this.#lingerTimer = this.#clock.after(LINGER_MS, () => this.#socket.destroy())
  }

  destroy(): void {
    this.#ending = true
    this.#socket.destroy()
  }

  /** Hands on line after line until there is none, or until the next one has to wait; only then it reads on. */
  #turn(isOver: () => boolean): boolean {
    try {
      while (!this.#ending) {
        if (this.#mustWait()) return false
        const line = this.#nextLine()
        if (line === undefined) {
          this.#rest()
          if (this.#isAll) this.close()
          return false
        }
        if (line !== '') this.#events.line(line)
        if (isOver()) return true
      }
    } catch (fault) {
      if (!(fault instanceof LineError || fault instanceof ProtocolError)) throw fault
      this.#fault(fault)
    } finally {
      this.#count()
    }
    return false
  }

  /** Whoever asks without reading the answers is not listened to until they have been read. */
  #mustWait(): boolean {
    if (this.#said.length >= HIGH_WATER_BYTES) this.#utter()
    return this.#paused || this.#socket.writableNeedDrain || this.#rateTimer !== undefined
  }

  #nextLine(): string | undefined {
    for (;;) {
      const next = this.#current?.next()
      if (next?.done === false) {
        this.#hasNewLine ||= next.value !== ''
        if (!this.#rate.take()) this.#waitForRate()
        return next.value
      }
      const part = this.#read()
      if (part === null) return undefined
      this.#current = this.#lines.read(part)
    }
  }

  #read(): Buffer | null {
    const most = this.#turns.waiting > MANY ? SMALL_PART_BYTES : PART_BYTES
    return this.#socket.read(this.#socket.readableLength > most ? most : undefined)
  }

  /** The line that is one too many is heard, as it is here already; the next has to wait. */
  #waitForRate(): void {
    this.#rateTimer = this.#clock.after(this.#rate.pause, () => {
      this.#rateTimer = undefined
      this.#work()
    })
  }

  /** The part of a line that is left may not wait for its end for ever. */
  #rest(): void {
    const { length } = this.#lines
    this.#count()
    if (this.#memory?.isFull(length) === true) throw new LineError('too much is waiting to be read')
    const isNew = this.#hasNewLine
    this.#hasNewLine = false
    this.#hasSpoken ||= isNew
    if (length === 0) {
      if (this.#hasSpoken) this.#due = Number.POSITIVE_INFINITY
    } else if (isNew || this.#due === Number.POSITIVE_INFINITY) {
      this.#mustEnd(this.#limits.lineTime)
    }
  }

  #mustEnd(ms: number): void {
    this.#due = this.#clock.now() + ms
    if (this.#due < this.#lookAt) this.#lookAtLineIn(ms)
  }

  #lookAtLineIn(ms: number): void {
    this.#lineTimer?.()
    this.#lookAt = this.#clock.now() + ms
    this.#lineTimer = this.#clock.after(ms, () => this.#lookAtLine())
  }

  /** One timer for many lines: it looks when the one that it was set for should have ended. */
  #lookAtLine(): void {
    this.#lookAt = Number.POSITIVE_INFINITY
    if (this.#due === Number.POSITIVE_INFINITY || this.#ending) return
    const left = this.#due - this.#clock.now()
    // While this end does not read, the other can't be blamed.
    if (this.#mustWait() || this.#turns.isWaiting(this.#seat)) this.#mustEnd(this.#limits.lineTime)
    else if (left > 0) this.#lookAtLineIn(Math.ceil(left))
    else this.#fault(new LineError(this.#hasSpoken ? 'a line took too long' : 'no line came'))
  }

  #watchReader(ms: number): void {
    this.#readerTimer = this.#clock.after(ms, () => {
      this.#readerTimer = undefined
      if (this.#socket.writableLength === 0) return
      const left = this.#takenAt + this.#limits.stuck - this.#clock.now()
      if (left > 0) return this.#watchReader(Math.ceil(left))
      this.#error ??= new Error('it reads too slowly')
      this.destroy()
    })
  }

  #fault(fault: Error): void {
    this.#error ??= fault
    this.send(encodeError(fault.message))
    this.close()
  }

  #count(): void {
    const now = this.#socket.destroyed
      ? 0
      : this.#lines.length + this.#said.length + this.#socket.writableLength
    this.#memory?.add(now - this.#counted)
    this.#counted = now
  }

  #closed(): void {
    this.#turns.leave(this.#seat)
    const timers = [this.#rateTimer, this.#lineTimer, this.#readerTimer, this.#lingerTimer]
    for (const callOff of timers) callOff?.()
    this.#ending = true
    this.#count()
    this.#events.closed(this.#error)
  }
}
