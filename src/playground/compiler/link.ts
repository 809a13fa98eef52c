/** Runs compiled code, in the worker of the simulation: `import()` of a blob, for a page that allows no `eval`. */
import { IMPORTABLE, type Importable, notImportable } from '../importable.ts'
import type { Code } from './compiled.ts'
import { cutMap, sourceOf } from './source-map.ts'

/** The modules that a file may import, by name: the very ones that the simulator uses. */
export type Modules = Readonly<Record<Importable, object>>

export interface Linked {
  /** The default export. */
  readonly definition: unknown
  /** Where in the source an error came from, as file:line:column, if that is known. */
  readonly placeOf: (error: unknown) => string | undefined
}

/**
 * @param fileName as people name it
 * @throws {Error} (rejects) one line: file, place if it is known, and fault
 */
export async function link({ code, kind }: Code, fileName: string, modules: Modules): Promise<Linked> {
  const [body, map] = cutMap(code)
  const module = new Blob([BEGIN, body, END, map], { type: 'text/javascript' })
  const url = URL.createObjectURL(module)
  const placeOf = (error: unknown): string | undefined => placeIn(error, url, map, fileName)
  const exports: { default?: unknown } = {}
  try {
    const { default: run }: { default: Run } = await import(url)
    run(exports, (name) => moduleOf(name, modules))
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new Error(`${placeOf(error) ?? fileName}: ${said.split('\n')[0]}`)
  } finally {
    URL.revokeObjectURL(url)
  }
  if (exports.default === undefined) throw new Error(`${fileName}: has no "export default ${kind}({...})"`)
  return { definition: exports.default, placeOf }
}

type Run = (exports: object, require: (name: string) => object) => void

/** In the code's first line, so that its lines keep their numbers. */
const BEGIN = 'export default (exports, require) => { '
const END = '\n}'

function moduleOf(name: string, modules: Modules): object {
  const known = IMPORTABLE.find((it) => it === name)
  if (known === undefined) throw new Error(notImportable(name))
  return { ...modules[known], __esModule: true }
}

/** The innermost place in that module. */
function placeIn(error: unknown, url: string, map: string, fileName: string): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const [, line, column] = /^:(\d+):(\d+)/.exec(stack.split(url)[1] ?? '') ?? []
  if (line === undefined) return undefined
  const place = sourceOf(map, { line: Number(line), column: Number(column) })
  return place && `${fileName}:${place.line}:${place.column}`
}
