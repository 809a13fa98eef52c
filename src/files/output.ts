/** What is written as it comes: to a file, a pipe, or standard output. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { cantWrite } from './faults.ts'
import { pause } from './pause.ts'

/** Is that how one names standard output? */
export function isStandardOutput(path: string): boolean {
  return path === '-' || path === '/dev/stdout' || path === '/dev/fd/1' || path === '/proc/self/fd/1'
}

/** Does an error say that nobody reads any more, as after `| head`? */
export function isClosedPipe(error: unknown): boolean {
  const { code, cause } = error as NodeJS.ErrnoException
  return code === 'EPIPE' || (cause !== undefined && isClosedPipe(cause))
}

export class Output {
  readonly #path: string
  readonly #file: number
  #isOpen = true

  /** A file that is there is written anew. @throws {Error} one line that names it */
  constructor(path: string) {
    this.#path = path
    this.#file = isStandardOutput(path) ? 1 : opened(path)
  }

  /** All of it, however slowly it is read. @throws {Error} one line that names it */
  write(text: string): void {
    const bytes = Buffer.from(text)
    for (let from = 0; from < bytes.length; ) from += this.#writeSome(bytes.subarray(from))
  }

  close(): void {
    if (this.#isOpen && this.#file !== 1) closeSync(this.#file)
    this.#isOpen = false
  }

  #writeSome(bytes: Uint8Array): number {
    try {
      return writeSync(this.#file, bytes)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw cantWrite(this.#path, error)
      pause()
      return 0
    }
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'w')
  } catch (error) {
    throw cantWrite(path, error)
  }
}
