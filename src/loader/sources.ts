/** The text of a strategy: its file, and the files of its own that this imports. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readText } from '../files/text.ts'

export interface SourceText {
  /** As people name it. */
  readonly source: string
  readonly text: string
}

const MOST = 100
/** Bytes of a file. */
export const MAX_SIZE = 10_000_000
const OWN = /(?:^|[\s;}])(?:from|import)\s*\(?\s*(['"])(\.\.?\/[^'"\n]+)\1/g

/**
 * @param path of the file
 * @param source how people name it
 */
export function sourcesOf(path: string, source: string): SourceText[] {
  const found = new Map<string, SourceText>()
  const left = [{ path, source }]
  while (left.length > 0 && found.size < MOST) {
    const it = left.shift()!
    if (found.has(it.path) || !existsSync(it.path)) continue
    const text = readText(it.path, MAX_SIZE)
    found.set(it.path, { source: it.source, text })
    for (const [, , name = ''] of text.matchAll(OWN)) {
      // What is compiled is imported as .js, or without an ending.
      const file = name.replace(/\.js$/, '.ts').replace(/(?<!\.ts)$/, '.ts')
      left.push({ path: join(dirname(it.path), file), source: join(dirname(it.source), file) })
    }
  }
  return [...found.values()]
}
