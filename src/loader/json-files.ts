/** JSON files that people name by their paths, or by their names where they ship with the project. */
import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { isStandardInput } from '../files/bytes.ts'
import { readText } from '../files/text.ts'
import { quoted } from '../text/quoted.ts'
import { root } from './root.ts'

export interface Shelf {
  /** Where those are that ship, from the project's own on, ending with a slash. */
  readonly folder: string
  /** What one of them is. */
  readonly what: string
  /** Bytes of a file. */
  readonly most: number
}

/** The names of those that ship, sorted; none where the sources are not there. */
export function namesOn({ folder }: Pick<Shelf, 'folder'>): string[] {
  if (!existsSync(root + folder)) return []
  return readdirSync(root + folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort()
}

/** @throws {Error} one line: the names that there are, or the file and what is wrong with it */
export function readJson(which: string, shelf: Shelf): unknown {
  const text = readText(fileOf(which, shelf), shelf.most)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${which} is not JSON: ${(error as Error).message.replace(/\s+/g, ' ').slice(0, 200)}`)
  }
}

function fileOf(which: string, shelf: Shelf): string {
  if (isStandardInput(which) || existsSync(which)) return which
  if (which.includes('/')) throw new Error(`no file ${which}`)
  const names = namesOn(shelf)
  if (names.includes(which)) return `${root}${shelf.folder}${which}.json`
  const there = names.join(', ') || 'none'
  throw new Error(`no ${shelf.what} ${quoted(which)}; there are: ${there} (or the path of a JSON file)`)
}
