/** Recordings that are named on a command line: each once, and each so that it can be read more than once. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isPipe } from '../files/bytes.ts'
import { readLines } from '../files/lines.ts'

export interface Recording {
  /** As it was named. */
  readonly name: string
  /** Where it can be read. */
  readonly path: string
}

/**
 * @param names of files, or pipes, of which a copy is kept until the process ends
 * @throws {Error} one line, if two are the same file, or have the same content
 */
export async function recordingsOf(names: readonly string[]): Promise<Recording[]> {
  const real = await Promise.all(names.map((it) => realpath(it).catch(() => it)))
  for (const [i, it] of real.entries()) {
    const before = real.indexOf(it)
    if (before < i) throw new Error(`${names[before]} and ${names[i]} are the same file: name it once`)
  }
  const found: Recording[] = []
  // One after the other: only one of them can be the standard input, and pipes may depend on one another.
  for (const name of names) found.push(await recordingOf(name))
  await refuseCopies(found)
  return found
}

/** What can't be read is named by who reads it. */
async function recordingOf(name: string): Promise<Recording> {
  if (!isPipe(name)) return { name, path: name }
  const folder = mkdtempSync(join(tmpdir(), 'gossip-recording-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'events.jsonl')
  await pipeline(Readable.from(withEnds(readLines(name))), createWriteStream(path))
  return { name, path }
}

async function* withEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}

/** Merged they would count everything twice. */
async function refuseCopies(recordings: readonly Recording[]): Promise<void> {
  if (recordings.length < 2) return
  const bySize = new Map<number, Recording[]>()
  for (const it of recordings) {
    const status = await stat(it.path).catch(() => undefined)
    if (!status?.isFile() || status.size === 0) continue
    bySize.set(status.size, [...(bySize.get(status.size) ?? []), it])
  }
  for (const alike of bySize.values()) {
    if (alike.length < 2) continue
    const byContent = new Map<string, string>()
    for (const { name, path } of alike) {
      const content = await hashOf(path)
      const before = byContent.get(content)
      if (before !== undefined)
        throw new Error(`${before} and ${name} have the same content: name one of them`)
      byContent.set(content, name)
    }
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
