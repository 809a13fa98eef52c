/** The bytes of a file or a pipe, one part after the other. */
import { closeSync, createReadStream, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { pause } from './pause.ts'

const CHUNK_BYTES = 1 << 20

/** Is that how one names what comes in through a pipe: `... | gossip measure -`? */
export function isStandardInput(path: string): boolean {
  return path === '-' || path === '/dev/stdin' || path === '/dev/fd/0' || path === '/proc/self/fd/0'
}

/** Can it be read only once? What does not exist is none. */
export function isPipe(path: string): boolean {
  if (isStandardInput(path)) return true
  const status = statSync(path, { throwIfNoEntry: false })
  return status !== undefined && !status.isFile() && !status.isDirectory()
}

let isTaken = false

/** @throws {Error} one line, if somebody took it before: the second would find nothing */
function takeStandardInput(): void {
  if (isTaken) throw new Error('standard input can be read only once')
  isTaken = true
}

/** @throws what the file system says */
export function* bytesOf(path: string): Generator<Uint8Array> {
  const isStandard = isStandardInput(path)
  if (isStandard) takeStandardInput()
  const file = isStandard ? 0 : openSync(path, 'r')
  try {
    if (fstatSync(file).isDirectory()) throw Object.assign(new Error(path), { code: 'EISDIR' })
    const chunk = Buffer.alloc(CHUNK_BYTES)
    for (let size = readSome(file, chunk); size > 0; size = readSome(file, chunk))
      yield chunk.subarray(0, size)
  } finally {
    if (!isStandard) closeSync(file)
  }
}

/** @returns how many bytes came; 0 at the end */
function readSome(file: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(file, chunk)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      pause()
    }
  }
}

/**
 * The same, without keeping a process from anything else meanwhile.
 * @param bytes that are read at most
 * @throws what the file system says
 */
export function streamOf(path: string, bytes = Number.POSITIVE_INFINITY): AsyncIterable<Uint8Array> {
  if (!isStandardInput(path)) return createReadStream(path, { end: bytes - 1 })
  takeStandardInput()
  return process.stdin
}
