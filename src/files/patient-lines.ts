/**
 * Lines to standard output or stderr that whoever reads them may stop reading: what is not taken waits, up to a bound;
 * then lines are dropped, and when the reader goes on it is told how many.
 */
import { writeSync } from 'node:fs'
import { pause } from './pause.ts'

/** Bytes that wait. */
const MAX_WAITING = 1 << 20
/** Ms until it is tried again; and in which what waits must be taken as the process ends. */
const RETRY_MS = 50
const END_MS = 300
/** Bytes written in one go. */
const CHUNK = 1 << 16

class PatientLines {
  readonly #file: 1 | 2
  readonly #notice: (dropped: number) => string
  #waiting: Buffer[] = []
  #size = 0
  #dropped = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(file: 1 | 2, notice: (dropped: number) => string) {
    this.#file = file
    this.#notice = notice
    // From then on a pipe that is full says so, and does not wait.
    void (file === 1 ? process.stdout : process.stderr)
    process.once('exit', () => this.#end())
  }

  write(line: string): void {
    if (this.#isClosed) return
    const bytes = Buffer.from(line)
    if (this.#size + bytes.length > MAX_WAITING) {
      this.#dropped += 1
      return
    }
    this.#add(bytes)
    if (this.#timer === undefined) this.#flush()
  }

  #add(bytes: Buffer): void {
    this.#waiting.push(bytes)
    this.#size += bytes.length
  }

  /** Writes what is taken; the rest later. */
  #flush(): void {
    this.#timer = undefined
    while (this.#size > 0 && this.#writeSome()) {
      if (this.#size === 0 && this.#dropped > 0) {
        this.#add(Buffer.from(this.#notice(this.#dropped)))
        this.#dropped = 0
      }
    }
    if (this.#size > 0) this.#timer = setTimeout(() => this.#flush(), RETRY_MS).unref()
  }

  /** @returns was anything taken? */
  #writeSome(): boolean {
    const [first] = this.#waiting
    const chunk = first!.length < CHUNK && this.#waiting.length > 1 ? Buffer.concat(this.#waiting) : first!
    this.#waiting = chunk === first ? this.#waiting : [chunk]
    try {
      const taken = writeSync(this.#file, chunk, 0, Math.min(chunk.length, CHUNK))
      this.#size -= taken
      if (taken === chunk.length) this.#waiting.shift()
      else this.#waiting[0] = chunk.subarray(taken)
      return taken > 0
    } catch (error) {
      // A full disk may have room again.
      if (['EPIPE', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? '')) this.#close()
      return false
    }
  }

  /** Nobody will ever read it: that is no reason to end. */
  #close(): void {
    this.#isClosed = true
    this.#waiting = []
    this.#size = 0
  }

  #end(): void {
    const until = performance.now() + END_MS
    while (this.#size > 0 && performance.now() < until) if (!this.#writeSome()) pause()
  }
}

const shared = new Map<1 | 2, PatientLines>()

/** The only ones of this process to go there. @param notice a line that says how many were dropped */
export function patientLines(
  file: 1 | 2,
  notice: (dropped: number) => string,
): { write(line: string): void } {
  const before = shared.get(file)
  if (before !== undefined) return before
  const lines = new PatientLines(file, notice)
  shared.set(file, lines)
  return lines
}
