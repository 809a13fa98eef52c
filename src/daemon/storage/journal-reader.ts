/** A journal as it is found: each line by itself, so that damage takes only those lines that it is in. */
import { bytesOf } from '../../files/bytes.ts'
import { type Entry, entryIn } from './entry.ts'

/** A part of a file: bytes `from` to before `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Parts of a file, in order: neighbours are one, and of too many the last has all that comes between. */
export class Spans {
  readonly all: Span[] = []

  add({ from, to }: Span): void {
    const last = this.all.at(-1)
    if (last === undefined || (from - last.to > BETWEEN && this.all.length < MAX_SPANS))
      this.all.push({ from, to })
    else this.all[this.all.length - 1] = { from: last.from, to }
  }
}

export interface Line extends Span {
  /** What it says; undefined where it is damaged. */
  readonly entry: Entry | undefined
}

/** Bytes of a line: far more than a line of the wire may have. A longer one is damaged. */
const MAX_LINE = 32 * 2 ** 20
/** Bytes between two lines. */
const BETWEEN = 2
const MAX_SPANS = 10_000
const LF = 0x0a

/**
 * The lines of a journal. Empty ones are left out.
 * @throws {LaterFormat} or what the file system says
 */
export function* linesIn(file: string, name: string): Generator<Line> {
  let parts: Buffer[] = []
  let size = 0
  let from = 0
  const add = (part: Buffer): void => {
    size += part.length
    if (size <= MAX_LINE) parts.push(part)
    else parts = []
  }
  function* end(): Generator<Line> {
    if (size > 0)
      yield {
        from,
        to: from + size,
        entry: size > MAX_LINE ? undefined : entryIn(Buffer.concat(parts), name),
      }
    from += size + 1
    size = 0
    parts = []
  }
  for (const bytes of bytesOf(file)) {
    const chunk = Buffer.from(bytes)
    let at = 0
    for (let to = chunk.indexOf(LF); to !== -1; to = chunk.indexOf(LF, at)) {
      add(chunk.subarray(at, to))
      yield* end()
      at = to + 1
    }
    add(chunk.subarray(at))
  }
  yield* end()
}
