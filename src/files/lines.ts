/** The lines of a file, one by one or many at a time, however large it is. */
import { isAscii } from 'node:buffer'
import { Decoder } from '../text/decode.ts'
import { streamOf } from './bytes.ts'
import { cantRead } from './faults.ts'

/** Characters of a line. */
const MAX_LINE = 1 << 20
const LF = 0x0a
/** Of two bytes that tell that a text is UTF-16, one at least. */
const BYTE_ORDER = 0xfe

/** The number of the line, from 1 on, that whoever takes blocks is at: faults name it. */
export interface Place {
  line: number
}

/**
 * @param name by which faults name it
 * @param bytes of the file that are read; all, if it is left out
 * @throws {Error} one line: the file can't be read, is no text, or has a line that is too long
 */
export async function* readLines(
  path: string,
  { name = path, bytes }: { readonly name?: string; readonly bytes?: number } = {},
): AsyncGenerator<string> {
  const place = { line: 1 }
  for await (const block of readBlocks(path, place, { name, bytes })) {
    const text = block.toString()
    let from = 0
    for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
      yield text.slice(from, text[to - 1] === '\r' ? to - 1 : to)
      from = to + 1
      place.line += 1
    }
    if (from < text.length) yield text.slice(from)
  }
}

/**
 * As many whole lines as came at once, in UTF-8; behind the last of the file may be no end of a line. Each block is to be
 * read before the next one is asked for.
 * @param place is to be moved on as lines are read
 * @throws {Error} as `readLines`
 */
export async function* readBlocks(
  path: string,
  place: Place,
  { name = path, bytes }: { readonly name?: string; readonly bytes?: number | undefined } = {},
): AsyncGenerator<Buffer> {
  if (bytes === 0) return
  let rest: Buffer = Buffer.alloc(0)
  for await (const part of textOf(path, place, name, bytes)) {
    const all = rest.length === 0 ? part : Buffer.concat([rest, part])
    const end = all.lastIndexOf(LF) + 1
    if (end > 0) yield all.subarray(0, end)
    rest = all.subarray(end)
    if (rest.length > MAX_LINE && rest.toString().length > MAX_LINE)
      throw new Error(`${name}:${place.line} is longer than ${MAX_LINE} characters`)
  }
  if (rest.length > 0) yield rest
}

/** In UTF-8, whatever the file is in. */
async function* textOf(
  path: string,
  place: Place,
  name: string,
  bytes: number | undefined,
): AsyncGenerator<Buffer> {
  const decoder = new Decoder()
  // The first bytes tell what it is in; and a character may go on in the next.
  let isPlain = false
  let isWide: boolean | undefined
  try {
    for await (const part of streamOf(path, bytes)) {
      if (part.length === 0) continue
      isWide ??= part[0]! >= BYTE_ORDER
      if (isPlain && isAscii(part) && !part.includes(0)) {
        yield Buffer.from(part.buffer, part.byteOffset, part.length)
        continue
      }
      const text = decoder.push(part, place.line)
      yield Buffer.from(text)
      isPlain = !isWide && text !== '' && part.at(-1)! < 0x80
    }
    yield Buffer.from(decoder.end(place.line))
  } catch (error) {
    throw cantRead(name, error)
  }
}
