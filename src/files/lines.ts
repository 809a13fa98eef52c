/** The lines of a file, one by one, however large it is. */
import { Decoder } from '../text/decode.ts'
import { streamOf } from './bytes.ts'
import { cantRead } from './faults.ts'

/** Characters of a line. */
const MAX_LINE = 1 << 20

/**
 * @param name by which faults name it
 * @param bytes of the file that are read; all, if it is left out
 * @throws {Error} one line: the file can't be read, is no text, or has a line that is too long
 */
export async function* readLines(
  path: string,
  { name = path, bytes }: { readonly name?: string; readonly bytes?: number } = {},
): AsyncGenerator<string> {
  if (bytes === 0) return
  let number = 1
  let rest = ''
  for await (const part of textOf(path, name, bytes)) {
    rest += part
    let from = 0
    for (let to = rest.indexOf('\n'); to !== -1; to = rest.indexOf('\n', from)) {
      yield rest.slice(from, rest[to - 1] === '\r' ? to - 1 : to)
      from = to + 1
      number += 1
    }
    rest = rest.slice(from)
    if (rest.length > MAX_LINE) throw new Error(`${name}:${number} is longer than ${MAX_LINE} characters`)
  }
  if (rest !== '') yield rest
}

async function* textOf(path: string, name: string, bytes: number | undefined): AsyncGenerator<string> {
  const decoder = new Decoder()
  try {
    for await (const part of streamOf(path, bytes)) yield decoder.push(part)
    yield decoder.end()
  } catch (error) {
    throw cantRead(name, error)
  }
}
