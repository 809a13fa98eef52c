/** The bytes of a file or a pipe, one part after the other. */
import { closeSync, constants, createReadStream, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { pause } from './pause.ts'

const CHUNK_BYTES = 1 << 20
/** Ms in which somebody must begin to write to a named pipe: to open one waits for ever, and nothing else happens. */
const PIPE_MS = 5000

/** Is that how one names what comes in through a pipe: `... | gossip measure -`? */
export function isStandardInput(path: string): boolean {
  return path === '-' || path === '/dev/stdin' || path === '/dev/fd/0' || path === '/proc/self/fd/0'
}

/** Can it be read only once? What can't be looked at is named by who reads it. */
export function isPipe(path: string): boolean {
  if (isStandardInput(path)) return true
  try {
    const status = statSync(path)
    return !status.isFile() && !status.isDirectory()
  } catch {
    return false
  }
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
  const file = isStandard ? 0 : openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const kind = fstatSync(file)
    if (kind.isDirectory()) throw Object.assign(new Error(path), { code: 'EISDIR' })
    const chunk = Buffer.alloc(CHUNK_BYTES)
    if (kind.isFIFO() && !isStandard) {
      const first = firstOf(file, chunk)
      if (first === 0) throw new Error('nobody writes to that pipe')
      yield chunk.subarray(0, first)
    }
    for (let size = readSome(file, chunk); size > 0; size = readSome(file, chunk))
      yield chunk.subarray(0, size)
  } finally {
    if (!isStandard) closeSync(file)
  }
}

/** Of a pipe that nobody has open it is the end at once. @returns how many bytes came; 0 if none did in time */
function firstOf(file: number, chunk: Buffer): number {
  const deadline = Date.now() + PIPE_MS
  for (;;) {
    const size = readSome(file, chunk)
    if (size > 0 || Date.now() > deadline) return size
    pause()
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
  if (!isStandardInput(path)) return createReadStream(path, { end: bytes - 1, highWaterMark: CHUNK_BYTES })
  takeStandardInput()
  return process.stdin
}
