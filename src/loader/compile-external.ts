/** Compiles a protocol's file from outside the project, against the project's types, to the user's own cache. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { keep, linkPackage, refuseFull } from '#cache'
import { root } from './root.ts'
import { doorIn, SideDoor } from './source-text/side-doors.ts'

// Only a file from outside needs these two: every other command starts 15 ms sooner without them.
const require = createRequire(import.meta.url)
const childProcess = () => require('node:child_process') as typeof import('node:child_process')
const crypto = () => require('node:crypto') as typeof import('node:crypto')

/** @returns the compiled file's path. @throws {Error} one line: file, line, column and fault */
export function compileOutside(path: string): string {
  const file = resolve(path)
  if (!existsSync(file)) throw new Error(`no file ${path}`)
  // An experiment asks for the same file many times.
  const saved = `${file} ${statSync(file).mtimeMs}`
  const before = compiled.get(saved)
  if (before !== undefined) return before
  const result = compile(file, path)
  compiled.set(saved, result)
  return result
}

/** What this process has compiled, by the file and when that was saved. */
const compiled = new Map<string, string>()

function compile(file: string, path: string): string {
  const compiler = findCompiler()
  if (compiler === undefined) {
    throw new Error(`can't compile ${path}: it needs TypeScript here, run this first: npm install typescript`)
  }
  const folder = keep((draft) => {
    const configured = join(draft, CONFIGURATION)
    writeFileSync(configured, JSON.stringify(configuration(file)))
    const flags = ['-p', draft, '--pretty', 'false']
    const tsc = childProcess().spawnSync(process.execPath, [compiler, ...flags], { encoding: 'utf8' })
    // Ctrl-C at a terminal ends all that runs there.
    if (tsc.signal === 'SIGINT' || tsc.signal === 'SIGTERM') process.exit(128 + constants.signals[tsc.signal])
    if (tsc.error !== undefined) throw new Error(`can't compile ${path}: ${tsc.error.message}`)
    if (tsc.status !== 0) {
      if (tsc.stdout === '') refuseFull(draft)
      throw fault(tsc.stdout || tsc.stderr, path)
    }
    rmSync(configured)
    writeFileSync(join(draft, 'package.json'), '{ "type": "module" }')
    const name = `strategy-${digestOf(draft)}`
    linkPackage(draft, 'gossip', root)
    linkPackage(draft, 'zod', dirname(createRequire(root).resolve('zod/package.json')))
    return name
  })
  return `${folder}${basename(file, '.ts')}.js`
}

const CONFIGURATION = 'tsconfig.json'

/** Of all that came out, and for which project: who compiles the same at once gets the same folder. */
function digestOf(draft: string): string {
  const hash = crypto().createHash('sha256').update(`${root}\n`)
  for (const name of readdirSync(draft, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = join(draft, name)
    if (!statSync(file).isFile()) continue
    const content = readFileSync(file)
    hash.update(`${name} ${content.length}\n`).update(content)
  }
  return hash.digest('hex').slice(0, 24)
}

/** This project's own TypeScript or, where this is a dependency itself, the one of the project that it is called in. */
function findCompiler(): string | undefined {
  for (const folder of [root, `${process.cwd()}/`]) {
    try {
      const manifest = createRequire(folder).resolve('typescript/package.json')
      return join(dirname(manifest), 'bin/tsc')
    } catch {
      // Not from there.
    }
  }
  return undefined
}

function configuration(file: string): object {
  return {
    extends: `${root}tsconfig.json`,
    compilerOptions: {
      composite: false,
      tsBuildInfoFile: null,
      rootDir: dirname(file),
      outDir: '.',
      types: [],
      // A folder without a package.json serves as well.
      module: 'esnext',
      moduleResolution: 'bundler',
      noEmitOnError: true,
      paths: {
        'gossip/strategy': [`${root}dist/src/gossip/strategy.d.ts`],
        'gossip/membership': [`${root}dist/src/gossip/membership.d.ts`],
      },
    },
    include: [],
    files: [file],
  }
}

/** The compiler's first complaint, as path:line:column: fault. */
function fault(output: string, path: string): Error {
  const [first = 'the compiler failed'] = output.split('\n')
  const [, file, row, column, what] = /^(.+?)\((\d+),(\d+)\): error (.*)$/.exec(first) ?? []
  if (file === undefined) return new Error(`${path}: ${first}`)
  const door = doorIn(what ?? '', wordAt(file, Number(row), Number(column)))
  const place = `${relative('.', resolve(file))}:${row}:${column}: `
  return door === undefined ? new Error(place + what) : new SideDoor(place + door)
}

function wordAt(file: string, row: number, column: number): string {
  const line = readFileSync(resolve(file), 'utf8').split('\n')[row - 1] ?? ''
  return /^\w*/.exec(line.slice(column - 1))?.[0] ?? ''
}
