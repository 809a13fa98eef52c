/** Cuts a stream of bytes into lines of UTF-8, of a bounded length. */
import { isUtf8 } from 'node:buffer'

const NEWLINE = 0x0a
/** Parts of a line that are kept apart: each costs far more than its bytes, where they come one at a time. */
const MAX_PARTS = 64

export class LineError extends Error {}

export class LineReader {
  readonly #maxBytes: number
  #parts: Buffer[] = []
  #length = 0

  /** Bytes of a line whose end has not come yet. */
  get length(): number {
    return this.#length
  }

  /** @param maxBytes of a line, its end not counted */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /**
   * The lines that these bytes complete. Blank ones say nothing, and come as '': each costs as much as a line.
   * @throws {LineError} a line too long, or not UTF-8; the reader is of no use after it
   */
  *read(chunk: Buffer): Generator<string, void, void> {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#add(chunk.subarray(start, end))
      const isFirst = start === 0
      start = end + 1
      yield unlessBlank(this.#take())
      const last = isFirst ? chunk.lastIndexOf(NEWLINE) : 0
      if (last <= start) continue
      const others = this.#decoded(chunk.subarray(start, last))
      if (others === undefined) continue
      for (const line of others.split('\n')) yield unlessBlank(line)
      start = last + 1
    }
    // A copy: a few bytes of a line would keep all that came with them.
    const rest = chunk.subarray(start)
    this.#add(start > 0 ? Buffer.from(rest) : rest)
  }

  /** Whole lines at once, which costs less than each; undefined where one of them may be at fault. */
  #decoded(lines: Buffer): string | undefined {
    return lines.length <= this.#maxBytes && isUtf8(lines) ? lines.toString('utf8') : undefined
  }

  #add(part: Buffer): void {
    this.#length += part.length
    if (this.#length > this.#maxBytes) throw new LineError(`line longer than ${this.#maxBytes} bytes`)
    if (part.length > 0) this.#parts.push(part)
    if (this.#parts.length > MAX_PARTS) this.#parts = [Buffer.concat(this.#parts)]
  }

  #take(): string {
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)
    this.#parts = []
    this.#length = 0
    if (!isUtf8(bytes)) throw new LineError('line is not UTF-8')
    return bytes.toString('utf8')
  }
}

function unlessBlank(line: string): string {
  return line.trim() === '' ? '' : line
}
