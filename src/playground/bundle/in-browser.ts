/** What reads files where Node runs is a table where a browser does: each such module has another in its place. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { OnLoadResult, Plugin } from 'esbuild'
import { exercises } from '../../exercise/index.ts'
import { digestOf } from '../../loader/load.ts'
import { root } from '../../loader/root.ts'

const compiled = `${root}dist/src/`
const inBrowser = `${compiled}playground/in-browser/`

/** Modules by the ends of their paths, and what takes their places. */
const REPLACED: readonly (readonly [RegExp, string])[] = [
  [/loader\/load\.js$/, 'load.js'],
  [/loader\/json-files\.js$/, 'json-files.js'],
  [/loader\/topology\.js$/, 'topology.js'],
]
const KINDS = ['strategy', 'membership'] as const
const SHELVES = ['src/scenario/', 'src/network/regions/'] as const

export function inBrowserPlugin(): Plugin {
  return {
    name: 'in-browser',
    setup(build) {
      build.onResolve({ filter: /^node:os$/ }, () => ({ path: `${inBrowser}os.js` }))
      // Nobody reads its faults in another language, and they are a third of it.
      build.onResolve({ filter: /\.\.\/locales\/index\.js$/ }, ({ importer, resolveDir }) =>
        importer.includes('/zod/')
          ? { path: join(resolveDir, '../locales/en.js'), suffix: '?only' }
          : undefined,
      )
      build.onLoad({ filter: /locales\/en\.js$/ }, ({ path, suffix }) =>
        suffix === '?only'
          ? { contents: "export { default as en } from './en.js'", resolveDir: join(path, '..') }
          : undefined,
      )
      build.onResolve({ filter: /loader\// }, ({ path, importer }) => {
        if (importer.startsWith(inBrowser)) return undefined
        const found = REPLACED.find(([end]) => end.test(path))
        return found && { path: inBrowser + found[1] }
      })
      build.onResolve({ filter: /^\.\/(load|json-files|topology)\.js$/ }, ({ path, importer }) =>
        importer.startsWith(`${compiled}loader/`) ? { path: inBrowser + path.slice(2) } : undefined,
      )
      build.onLoad({ filter: /in-browser\/protocols\.js$/ }, protocols)
      build.onLoad({ filter: /in-browser\/shelves\.js$/ }, shelves)
      build.onLoad({ filter: /browser\/sources\.js$/ }, sources)
      build.onLoad({ filter: /course\/start-files\.js$/ }, startFiles)
      build.onLoad({ filter: /course\/told\.js$/ }, () => ({
        contents: `export const told = ${JSON.stringify(exercises)}`,
      }))
    },
  }
}

function protocols(): OnLoadResult {
  const imports: string[] = []
  const tables = KINDS.map((kind) => {
    const rows = namesIn(`${compiled}${kind}/`, '.js').map((name) => {
      const file = `${compiled}${kind}/${name}.js`
      const variable = `p${imports.length}`
      imports.push(`import ${variable} from ${JSON.stringify(file)}`)
      return `${JSON.stringify(name)}: { definition: ${variable}, digest: '${digestOf({ file })}' }`
    })
    return `${kind}: { ${rows.join(', ')} }`
  })
  return {
    contents: `${imports.join('\n')}\nexport const protocols = { ${tables.join(', ')} }`,
    resolveDir: compiled,
  }
}

function sources(): OnLoadResult {
  const texts = KINDS.flatMap((kind) =>
    namesIn(`${compiled}${kind}/`, '.js').map((name) => {
      const path = `${kind}/${name}`
      return [path, readFileSync(`${root}src/${path}.ts`, 'utf8')]
    }),
  )
  return { contents: `export const sources = ${JSON.stringify(Object.fromEntries(texts))}` }
}

function startFiles(): OnLoadResult {
  const folder = `${root}src/exercise/start/`
  const texts = namesIn(folder, '.ts').map((it) => [it, readFileSync(`${folder}${it}.ts`, 'utf8')])
  return { contents: `export const startFiles = ${JSON.stringify(Object.fromEntries(texts))}` }
}

function shelves(): OnLoadResult {
  const files = SHELVES.flatMap((folder) =>
    namesIn(root + folder, '.json').map((name) => `${folder}${name}.json`),
  )
  const texts = Object.fromEntries(files.map((it) => [it, readFileSync(root + it, 'utf8')]))
  return { contents: `export const shelves = ${JSON.stringify(texts)}` }
}

function namesIn(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((it) => it.endsWith(ending))
    .map((it) => basename(it, ending))
    .sort()
}
