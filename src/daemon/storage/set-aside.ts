/** What can't be read, or does not fit, is not thrown away: it is put into a file beside, so that whoever wants can look at it. */
import * as fs from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { writeFault } from '../../files/faults.ts'
import { type Disk, discard, isMissing, writeNew } from './disk.ts'
import type { Span } from './journal-reader.ts'

/** So many such files of a name stay, the last ones. */
const MAX_FILES = 3
const CHUNK_BYTES = 1 << 20

/** A whole file gets another name. */
export function setFileAside(folder: string, name: string, what: string, log: Logger): void {
  try {
    const aside = nextName(folder, name)
    fs.renameSync(join(folder, name), join(folder, aside))
    log.warn({ folder }, `${name} in ${folder} ${what}: set aside as ${aside}; starts without it`)
  } catch (error) {
    const why = isMissing(error) ? 'it is gone' : writeFault(error)
    log.warn({ folder }, `${name} in ${folder} ${what} and stays there (${why}); starts without it`)
  }
}

/**
 * Some lines, and parts of a file, are copied for good.
 * @returns the name of the copy
 * @throws what the file system says
 */
export function setPartsAside(
  folder: string,
  name: string,
  spans: readonly Span[],
  lines: readonly string[],
  disk: Disk,
): string {
  const aside = nextName(folder, name)
  try {
    writeNew(join(folder, aside), partsOf(join(folder, name), spans, lines), disk)
  } catch (error) {
    discard(join(folder, aside), disk)
    throw error
  }
  return aside
}

/** Makes room for one more. */
function nextName(folder: string, name: string): string {
  const prefix = `${name}.aside-`
  const before = fs.readdirSync(folder).filter((it) => it.startsWith(prefix))
  for (const it of before.sort().slice(0, Math.max(0, before.length + 1 - MAX_FILES)))
    fs.rmSync(join(folder, it), { recursive: true, force: true })
  let now = Date.now()
  while (before.includes(`${prefix}${now}`)) now += 1
  return `${prefix}${now}`
}

function* partsOf(
  file: string,
  spans: readonly Span[],
  lines: readonly string[],
): Generator<string | Uint8Array> {
  yield* lines
  // Somebody may have taken it away meanwhile.
  if (!fs.existsSync(file)) return
  const opened = fs.openSync(file, 'r')
  try {
    for (const { from, to } of spans) {
      for (let at = from; at < to; at += CHUNK_BYTES) {
        const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, to - at))
        yield chunk.subarray(0, fs.readSync(opened, chunk, 0, chunk.length, at))
      }
      yield '\n'
    }
  } finally {
    fs.closeSync(opened)
  }
}
