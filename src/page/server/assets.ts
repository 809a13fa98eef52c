/** The files that a browser may have: the page, its compiled code, and the libraries that it uses. Nothing else. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { root } from '../../loader/root.ts'

export interface Asset {
  readonly type: string
  readonly body: string | Buffer
}

const HTML = 'text/html; charset=utf-8'
const CSS = 'text/css; charset=utf-8'
const JS = 'text/javascript; charset=utf-8'

const browser = `${root}src/page/browser/`
const VENDORS: Readonly<Record<string, string>> = {
  '/vendor/preact.js': 'preact',
  '/vendor/preact-hooks.js': 'preact/hooks',
  '/vendor/preact-jsx-runtime.js': 'preact/jsx-runtime',
  '/vendor/uplot.js': 'uplot/dist/uPlot.esm.js',
  '/vendor/uplot.css': 'uplot/dist/uPlot.min.css',
}
/** No part of a path begins with a dot. */
const MODULE =
  /^\/modules\/(src\/(?:page\/(?:wire|(?:browser|model)\/(?:[\w-]+\/)*[\w.-]+)|(?:measure(?:\/(?:load|peers))?|network)\/[\w-]+|gossip\/default-key)\.js)$/
const IMPORT_MAP = /<script type="importmap">([\s\S]*?)<\/script>/

export class Assets {
  /** What a browser may do with the page: run its own code, and talk to this server. */
  readonly policy: string
  readonly #html: string

  /** @throws if the page's file can't be read */
  constructor() {
    this.#html = readFileSync(`${browser}index.html`, 'utf8')
    const hashes = [...this.#html.matchAll(new RegExp(IMPORT_MAP, 'g'))].map(([, text]) => hashOf(text!))
    this.policy = [
      "default-src 'none'",
      ["script-src 'self'", ...hashes].join(' '),
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; ')
  }

  /** Undefined if there is none at that path. */
  async at(path: string): Promise<Asset | undefined> {
    if (path === '/') return { type: HTML, body: this.#html }
    const file = fileAt(path)
    if (file === undefined) return undefined
    try {
      return { type: path.endsWith('.css') ? CSS : JS, body: await readFile(file) }
    } catch {
      return undefined
    }
  }
}

function fileAt(path: string): string | undefined {
  if (path === '/page.css') return `${browser}page.css`
  const vendor = Object.hasOwn(VENDORS, path) ? VENDORS[path] : undefined
  if (vendor !== undefined) return fileURLToPath(import.meta.resolve(vendor))
  const [, file] = MODULE.exec(path) ?? []
  return file === undefined ? undefined : `${root}dist/${file}`
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
