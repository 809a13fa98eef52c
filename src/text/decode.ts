/** Bytes of a text that somebody saved, as text: UTF-8, or UTF-16 with a byte order mark. What is no text is named. */

/** Why some bytes are no text, as the end of a sentence that begins with the file's name. */
export class NoText extends Error {
  /** From 1 on; undefined where it is the matter of the whole file. */
  readonly line: number | undefined

  constructor(what: string, line?: number) {
    super(what)
    this.line = line
  }
}

/** What files begin with that people take for text, or forgot to unpack. */
const KINDS: readonly (readonly [begins: readonly number[], what: string])[] = [
  [[0x1f, 0x8b], 'is compressed (gzip): unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'is compressed (zstd): unpack it first'],
  [[0x42, 0x5a, 0x68], 'is compressed (bzip2): unpack it first'],
  [[0xfd, 0x37, 0x7a, 0x58], 'is compressed (xz): unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'is compressed (zip): unpack it first'],
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF, not text'],
  [[0xff, 0xfe, 0, 0], 'is UTF-32: save it as UTF-8'],
  [[0, 0, 0xfe, 0xff], 'is UTF-32: save it as UTF-8'],
]
/** Enough to know a kind by. */
const HEAD = 4
const LF = 0x0a

/** Takes the bytes in parts of any size. */
export class Decoder {
  #head: Uint8Array | undefined = new Uint8Array()
  #decoder: InstanceType<typeof TextDecoder> | undefined
  #isWide = false
  #line = 1
  #isCounting = true

  /** @param line number of the one that these bytes begin in, where the caller counts them @throws {NoText} */
  push(bytes: Uint8Array, line?: number): string {
    this.#goOn(line)
    if (this.#head === undefined) return this.#decode(bytes)
    this.#head = joined(this.#head, bytes)
    return this.#head.length < HEAD ? '' : this.#begin(this.#head)
  }

  /** What is left when no more bytes come. @throws {NoText} */
  end(line?: number): string {
    this.#goOn(line)
    const begun = this.#head === undefined ? '' : this.#begin(this.#head)
    try {
      return begun + (this.#decoder?.decode() ?? '')
    } catch {
      throw new NoText(this.#isWide ? 'ends within a character of UTF-16' : NOT_UTF8, this.#line)
    }
  }

  #goOn(line: number | undefined): void {
    this.#isCounting = line === undefined
    if (line !== undefined) this.#line = line
  }

  #begin(head: Uint8Array): string {
    this.#head = undefined
    const kind = KINDS.find(([begins]) => begins.every((it, i) => head[i] === it))
    if (kind !== undefined) throw new NoText(kind[1])
    const wide =
      head[0] === 0xff && head[1] === 0xfe
        ? 'utf-16le'
        : head[0] === 0xfe && head[1] === 0xff
          ? 'utf-16be'
          : ''
    if (
      wide === '' &&
      head.length >= HEAD &&
      (head[0] === 0) !== (head[1] === 0) &&
      (head[2] === 0) !== (head[3] === 0)
    )
      throw new NoText('looks like UTF-16 without a byte order mark: save it as UTF-8')
    this.#isWide = wide !== ''
    this.#decoder = new TextDecoder(wide || 'utf-8', { fatal: true })
    return this.#decode(head)
  }

  #decode(bytes: Uint8Array): string {
    if (!this.#isWide && bytes.includes(0)) throw new NoText('is not text: it holds bytes that are 0')
    let text: string
    try {
      text = this.#decoder!.decode(bytes, { stream: true })
    } catch {
      throw new NoText(this.#isWide ? 'is damaged UTF-16' : NOT_UTF8, this.#line + linesBeforeFault(bytes))
    }
    if (!this.#isWide && this.#isCounting) this.#line += countLines(bytes)
    return text
  }
}

const NOT_UTF8 = 'is not UTF-8: save it as UTF-8'

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) count += 1
  return count
}

/** Whole lines before the one that is no UTF-8. A character that began before these bytes is not looked at. */
function linesBeforeFault(bytes: Uint8Array): number {
  let lines = 0
  let from = 0
  while (from < 3 && (bytes[from]! & 0xc0) === 0x80) from += 1
  for (let to = bytes.indexOf(LF, from); to !== -1; to = bytes.indexOf(LF, from)) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, to))
    } catch {
      return lines
    }
    lines += 1
    from = to + 1
  }
  // Else it is the last line, of which the end has not come, or what began before.
  return isCut(bytes.subarray(from)) ? 0 : lines
}

/** Are these the begin of a text that may go on? */
function isCut(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
