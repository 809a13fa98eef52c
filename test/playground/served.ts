/** The editor, the compiler and a worker as the simulation's, bundled and served as a playground would be. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build, type OutputFile } from 'esbuild'
import { forCompiler } from '../../src/playground/bundle/for-compiler.ts'
import { root } from '../house/source.ts'

export const CSP =
  "default-src 'none'; script-src 'self' blob:; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data: blob:; connect-src 'none'"

const COMPILED = './dist/src/playground'

/** Links what it is told, as the simulation's worker does. */
const LINKER = `
import '${COMPILED}/no-eval.js'
import * as membership from 'gossip/membership'
import * as strategy from 'gossip/strategy'
import * as zod from 'zod'
import { link } from '${COMPILED}/compiler/link.js'

const modules = { 'gossip/strategy': strategy, 'gossip/membership': membership, zod }
let linked
onmessage = async ({ data }) => {
  try {
    if (data.call !== undefined) {
      try {
        linked.definition[data.call]()
      } catch (error) {
        postMessage({ place: linked.placeOf(error), text: error.message })
      }
      return
    }
    linked = await link(data.compiled, data.fileName, modules)
    const { options = {} } = linked.definition
    const areOurs = Object.values(options).every((it) => it instanceof strategy.z.ZodType)
    postMessage({ handlers: Object.keys(linked.definition), areOurs })
  } catch (error) {
    postMessage({ fault: error.message })
  }
}
`

const PAGE = `
import { openCompiler } from '${COMPILED}/compiler/compiler.js'

const compiler = openCompiler(new URL('compiler.js', document.baseURI))
const kinds = { classic: LINKER_CLASSIC, module: LINKER_MODULE }
const linkers = Object.fromEntries(Object.entries(kinds).map(([type, text]) => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  return [type, new Worker(url, { type })]
}))
const violations = []
document.addEventListener('securitypolicyviolation', (it) => violations.push(it.violatedDirective + ' ' + it.blockedURI))

globalThis.playground = {
  changes: [],
  violations,
  async open(text, fileName) {
    const { openEditor } = await import('${COMPILED}/editor/editor.js')
    const onChange = (it) => playground.changes.push(it)
    playground.editor = openEditor(document.querySelector('main'), { text, fileName, compiler, onChange })
  },
  compile: (text, fileName) => compiler.compile(text, fileName),
  heard: [],
  hear: (type) => linkers[type].addEventListener('message', ({ data }) => playground.heard.push(data)),
  ask: (type, data) => new Promise((resolve) => {
    linkers[type].onmessage = (event) => resolve(event.data)
    linkers[type].postMessage(data)
  }),
}
`

const INDEX = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${CSP}" />
    <title>editor</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="page.css" />
    <script type="module" src="page.js"></script>
  </head>
  <body><main style="height: 400px"></main><button>After</button></body>
</html>
`

export interface Served {
  readonly url: string
  /** Texts by path. */
  readonly files: ReadonlyMap<string, Uint8Array>
  stop(): void
}

const COMMON = {
  bundle: true,
  minify: true,
  write: false,
  outdir: '/',
  absWorkingDir: root,
  logLevel: 'silent',
  target: 'es2023',
} as const

async function linker(format: 'esm' | 'iife'): Promise<string> {
  const stdin = { contents: LINKER, resolveDir: root }
  const { outputFiles } = await build({ ...COMMON, stdin, format })
  return outputFiles[0]!.text
}

/** @throws {Error} (rejects) what the bundler says */
export async function serve(): Promise<Served> {
  const define = {
    LINKER_CLASSIC: JSON.stringify(await linker('iife')),
    LINKER_MODULE: JSON.stringify(await linker('esm')),
  }
  const compiler = await build({
    ...COMMON,
    entryPoints: { compiler: `${COMPILED}/compiler/worker.js` },
    format: 'esm',
    plugins: [forCompiler(root)],
  })
  const page = await build({
    ...COMMON,
    stdin: { contents: PAGE, resolveDir: root, sourcefile: 'page.js' },
    entryNames: 'page',
    format: 'esm',
    splitting: true,
    define,
  })
  const css = await build({ ...COMMON, entryPoints: { page: 'src/page/browser/page.css' } })
  const outputs: OutputFile[] = [compiler, page, css].flatMap(({ outputFiles }) => outputFiles)
  const files = new Map(outputs.map(({ path, contents }) => [path, contents] as const))
  files.set('/', Buffer.from(INDEX))
  const server = createServer(({ url = '/' }, response) => {
    const text = files.get(url)
    const type = url.endsWith('.js') ? 'text/javascript' : url.endsWith('.css') ? 'text/css' : 'text/html'
    response.setHeader('content-type', type)
    // Of the page itself its own words must be enough, on any host; the compiler's worker gets along with as little.
    if (url.endsWith('.js')) response.setHeader('content-security-policy', CSP)
    response.statusCode = text === undefined ? 404 : 200
    response.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    stop: () => void server.close(),
  }
}
