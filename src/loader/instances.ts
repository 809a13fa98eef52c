/** A protocol loaded more than once, so that nothing that a file keeps is shared: as if each were a process. */
import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Located } from './load.ts'

let loaded = 0
let areHooked = false

/** Before the first of them is loaded: a file that imports others of its own has these anew, too. */
export function allowInstances({ file }: Located): void {
  if (areHooked || !/\b(?:from|import)\s*\(?\s*['"]\.\.?\//.test(readFileSync(file, 'utf8'))) return
  register('./instance-hooks.js', import.meta.url)
  areHooked = true
}

/** From then on that protocol, and what it imports of its own, gets no module of the platform's in this thread. */
export function shutPlatform({ file }: Located): void {
  register('./judged-hooks.js', { parentURL: import.meta.url, data: { file: pathToFileURL(file).href } })
}

/**
 * @param load loads it, with a name for the instance
 * @returns so many of it, fresh
 * @throws {Error} (rejects) one line
 */
export async function loadInstances<P>(load: (instance: string) => Promise<P>, count: number): Promise<P[]> {
  const all: P[] = []
  for (let i = 0; i < count; i++) {
    loaded += 1
    all.push(await load(`instance${loaded}`))
  }
  return all
}
