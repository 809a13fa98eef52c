/** A copy of the project, to change its files without harm. */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './run.ts'

/** Its folder ends with a slash. */
export interface Project {
  readonly folder: string
  write(path: string, text: string): void
  remove(path: string): void
  /** Removes the copy. */
  end(): void
}

export const SOURCES = ['bin', 'src', 'package.json', 'tsconfig.json']
/** What the compiler has made of src. */
export const COMPILED = [
  'dist/src',
  'dist/src.tsbuildinfo',
  'dist/page.tsbuildinfo',
  'dist/playground.tsbuildinfo',
]

/** @param isCompiled does it have what the compiler made of src, so that only what changes is compiled? */
export function copyProject({ isCompiled = false } = {}): Project {
  const folder = `${mkdtempSync(join(tmpdir(), 'gossip-'))}/`
  copyParts(isCompiled ? [...SOURCES, ...COMPILED] : SOURCES, folder)
  symlinkSync(`${root}node_modules`, `${folder}node_modules`)
  return {
    folder,
    write: (path, text) => writeFileSync(`${folder}${path}`, text),
    remove: (path) => rmSync(`${folder}${path}`),
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** As old as they are here, by which the compiler knows what it has made. @param folder ends with a slash */
export function copyParts(parts: readonly string[], folder: string): void {
  for (const part of parts)
    cpSync(`${root}${part}`, `${folder}${part}`, { recursive: true, preserveTimestamps: true })
}

export const STRATEGY = `import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some peers each period, and nobody at once.',
  options: { width: z.int().min(1).default(2).describe('peers told in a period') },
  onPeriod: (node) => node.sendValue(node.pick(node.options.width)),
})
`
/** The same, but it fails at run time, in line 6. */
export const FAILING = STRATEGY.replace('node.pick(', 'node.peers[9999]!.toString() ? [] : node.pick(')
/** The same with a mistake, in line 6. */
export const MISTAKEN = STRATEGY.replace('node.options.width', 'node.options.wdith')
