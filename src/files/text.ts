/** Files of text that people hand in: however they were saved, through a pipe or not. */
import { Decoder, NoText } from '../text/decode.ts'
import { bytesOf } from './bytes.ts'
import { cantRead } from './faults.ts'

/**
 * @param most bytes
 * @throws {Error} one line that names the file: it can't be read, is too large, or is no text
 */
export function readText(path: string, most: number): string {
  let text = ''
  for (const part of textOf(path, most)) text += part
  return text
}

/** The same in parts: only so much of it is in memory. */
export function* textOf(path: string, most = Number.POSITIVE_INFINITY): Generator<string> {
  const decoder = new Decoder()
  let size = 0
  try {
    for (const bytes of bytesOf(path)) {
      size += bytes.length
      if (size > most) throw new NoText(`is larger than ${most} bytes`)
      yield decoder.push(bytes)
    }
    yield decoder.end()
  } catch (error) {
    throw cantRead(path, error)
  }
}
