/** The compiler's worker: nothing that is typed is run in it. */

import declarations from 'gossip:declarations'
import { createWorker } from '@valtown/codemirror-ts/worker'
import { expose } from 'comlink'
import type { Compiled } from './compiled.ts'
import { compile, marksIn, openLanguage, update } from './language.ts'

const language = openLanguage(declarations)
const ofEditor = createWorker(() => language)
// Over at the next microtask, before any message comes.
void ofEditor.initialize()

const worker = {
  ...ofEditor,
  updateFile: ({ path, code }: { path: string; code: string }): void => update(language, path, code),
  getLints: ({ path }: { path: string }) => marksIn(language, path),
  forget: (path: string): void => language.deleteFile(path),
  compile: (source: string, fileName: string): Compiled => compile(language, source, fileName),
}
export type CompilerWorker = typeof worker

expose(worker)
