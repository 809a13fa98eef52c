/** Reads a small file that may be a pipe: a pipe that nobody writes to must not keep a process from going on, or ending. */
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Decoder } from '../../text/decode.ts'

/** Ms that whoever writes to a pipe has in all, and between two looks. */
const PIPE_MS = 5000
const LOOK_MS = 20
const CHUNK_BYTES = 65_536

/** @param max bytes @throws {Error} what the file system says, or one line */
export async function readWithDeadline(path: string, max: number): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const isPipe = (await file.stat()).isFIFO()
    return await readAll(file, max, isPipe ? Date.now() + PIPE_MS : 0)
  } finally {
    await file.close()
  }
}

/** @param deadline until when nothing may only mean: nothing yet */
async function readAll(file: FileHandle, max: number, deadline: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for (;;) {
    const chunk = await readSome(file)
    if (chunk?.length === 0 && (size > 0 || deadline === 0)) return decoded(Buffer.concat(chunks))
    if (chunk !== undefined && chunk.length > 0) {
      size += chunk.length
      if (size > max) throw new Error(`it is longer than ${max} bytes`)
      chunks.push(chunk)
    } else {
      if (Date.now() > deadline) throw new Error(`nobody writes to that pipe`)
      await sleep(LOOK_MS)
    }
  }
}

/** @throws {NoText} */
function decoded(bytes: Uint8Array): string {
  const decoder = new Decoder()
  return decoder.push(bytes) + decoder.end()
}

/** Undefined where there is nothing yet. */
async function readSome(file: FileHandle): Promise<Buffer | undefined> {
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, null)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined
    throw error
  }
}
