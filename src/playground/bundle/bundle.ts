/** Makes the files of the playground's page out of what the compiler made. */
import { readFile } from 'node:fs/promises'
import { basename, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildOptions, OutputFile } from 'esbuild'
import { root } from '../../loader/root.ts'
import { forCompiler } from './for-compiler.ts'
import { inBrowserPlugin } from './in-browser.ts'
import { licencesOf } from './licences.ts'

const compiled = `${root}dist/src/playground/`
const sources = `${root}src/`
/** Nothing is written there: paths are told from there on. */
const outdir = `${root}dist/playground/`

const STYLES = [
  fileURLToPath(import.meta.resolve('uplot/dist/uPlot.min.css')),
  `${sources}page/browser/page.css`,
  `${sources}playground/browser/playground.css`,
]

/** Contents by paths from the page's folder on, such as assets/main.js. */
export type Files = ReadonlyMap<string, Uint8Array>

const common = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  absWorkingDir: root,
  logLevel: 'silent',
  target: 'es2023',
  legalComments: 'none',
} as const satisfies BuildOptions

/** Undefined where the bundler is not installed: it is only needed where sources are. */
export async function bundle(): Promise<Files | undefined> {
  const esbuild = await import('esbuild').catch(() => undefined)
  if (esbuild === undefined) return undefined
  const { build } = esbuild
  const worker = await build({
    ...common,
    entryPoints: {
      simulation: `${compiled}worker/worker.js`,
      exercise: `${compiled}worker/exercise-worker.js`,
    },
    format: 'iife',
    outdir,
    plugins: [inBrowserPlugin()],
  })
  const texts = Object.fromEntries(worker.outputFiles.map(({ path, text }) => [basename(path, '.js'), text]))
  const page = await build({
    ...common,
    entryPoints: { main: `${compiled}browser/main.js`, compiler: `${compiled}compiler/worker.js` },
    format: 'esm',
    splitting: true,
    outdir: `${outdir}assets`,
    plugins: [inBrowserPlugin(), workerTexts(texts), forCompiler(root)],
  })
  const css = await Promise.all(STYLES.map((it) => readFile(it)))
  return new Map<string, Uint8Array>([
    ['index.html', await readFile(`${sources}playground/browser/index.html`)],
    ['assets/page.css', Buffer.concat(css)],
    [
      'assets/licences.txt',
      Buffer.from(licencesOf([worker, page].flatMap((it) => Object.keys(it.metafile.inputs)))),
    ],
    ...page.outputFiles.map(fileOf),
  ])
}

/** A worker that is made of a text is bound to what the page may do, on any host. */
function workerTexts(texts: Readonly<Record<string, string>>): NonNullable<BuildOptions['plugins']>[number] {
  return {
    name: 'worker-texts',
    setup(build) {
      build.onLoad({ filter: /browser\/worker-text\/\w+\.js$/ }, ({ path }) => ({
        contents: `export const text = ${JSON.stringify(texts[basename(path, '.js')])}`,
      }))
    },
  }
}

function fileOf({ path, contents }: OutputFile): [string, Uint8Array] {
  return [relative(outdir, path).split(sep).join('/'), contents]
}
