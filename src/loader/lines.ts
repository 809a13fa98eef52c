/** The lines of a file, one by one, however large it is. */
import { createReadStream } from 'node:fs'

/** Characters of a line. */
const MAX_LINE = 1 << 20

/**
 * @param bytes of the file that are read; all, if it is left out
 * @throws {Error} one line: the file can't be read, or has a line that is too long
 */
export async function* readLines(file: string, bytes = Number.POSITIVE_INFINITY): AsyncGenerator<string> {
  if (bytes === 0) return
  let number = 1
  let rest = ''
  const stream = createReadStream(file, { encoding: 'utf8', end: bytes - 1 })
  // Of a file that is open the system does not say which one it can't read.
  stream.once('error', (error: NodeJS.ErrnoException) => {
    error.path ??= file
  })
  for await (const chunk of stream) {
    rest += chunk
    let from = 0
    for (let to = rest.indexOf('\n'); to !== -1; to = rest.indexOf('\n', from)) {
      yield rest.slice(from, rest[to - 1] === '\r' ? to - 1 : to)
      from = to + 1
      number += 1
    }
    rest = rest.slice(from)
    if (rest.length > MAX_LINE) throw new Error(`${file}:${number} is longer than ${MAX_LINE} characters`)
  }
  if (rest !== '') yield rest
}
