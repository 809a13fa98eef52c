/** The project's own source text, and what it imports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../', import.meta.url))
const src = join(root, 'src')

/** One file: its path within `src`, and its text. */
export interface Source {
  readonly path: string
  readonly text: string
}

/** All files of one of the folders in `src`; none, if there is no such folder. */
export function sourcesOf(folder: string): Source[] {
  const start = join(src, folder)
  if (!existsSync(start)) return []
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ path: join(folder, file), text: readFileSync(join(start, file), 'utf8') }))
}

/** The names of the folders in `src`. */
export function folders(): string[] {
  return readdirSync(src, { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .map(({ name }) => name)
}

const LITERAL_OR_COMMENT =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g

export function withoutComments(text: string): string {
  return text.replace(LITERAL_OR_COMMENT, (it) => (it.startsWith('/') ? ' ' : it))
}

/** The code alone: no comments, no quoted text; templates stay, for they hold code. */
export function codeOnly(text: string): string {
  return withoutComments(text).replace(LITERAL_OR_COMMENT, (it) => (it.startsWith('`') ? it : "''"))
}

const IMPORT = /\b(?:from\s+|import\s+|(?:import|require)\s*\(\s*)['"]([^'"\n]+)['"]/g

/**
 * What a file imports: a folder of `src` with a slash behind it (of the page, which has parts for browsers and one for
 * the server, that part or file, where it is the page's own), or else the name that it imports by.
 */
export function importsOf({ path, text }: Source): string[] {
  const found = withoutComments(text).matchAll(IMPORT)
  return [...found].map(([, name]) => (name!.startsWith('.') ? folderOf(path, name!) : name!))
}

/** The files of `src` that a file imports, by their paths within it. */
export function filesImportedBy({ path, text }: Source): string[] {
  return [...withoutComments(text).matchAll(IMPORT)].flatMap(([, name]) =>
    name!.startsWith('.') ? [relative(src, resolve(src, dirname(path), name!))] : [],
  )
}

function folderOf(path: string, name: string): string {
  const parts = relative(src, resolve(src, dirname(path), name)).split('/')
  if (parts[0] !== 'page' || !path.startsWith('page')) return `${parts[0]}/`
  return parts.length > 2 ? `page/${parts[1]}/` : parts.join('/')
}
