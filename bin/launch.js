/** Runs what src/ says now: compiles it first if it changed. The only code that is not compiled itself. */
import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isUntouched } from './untouched.js'

/** Commands that run until they are told to end. */
const SERVES = ['node', 'cluster', 'view']

const root = fileURLToPath(new URL('..', import.meta.url))

/** @param {string} program a file in src/cli, without its ending */
export async function launch(program) {
  if (process.pid === 1) endWhenTold()
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`needs Node.js 20.19 or newer, this is ${process.version}`)
  }
  if (!isInstalled('commander')) {
    fail(`its dependencies are not installed; run this first, in ${root}: npm ci`)
  }
  try {
    const from = await compiled()
    // Not before: while it compiles it would hear nothing.
    if (process.pid !== 1 && SERVES.includes(process.argv[2] ?? '')) endWhenTold()
    await import(pathToFileURL(`${from}dist/src/cli/${program}.js`).href)
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (!isOutOfFiles(code)) throw error
    fail(`may open too few files to start (${code}): allow more with ulimit -n 1024`)
  }
}

/** @returns the folder, ending with a slash, in whose dist/ is what runs */
async function compiled() {
  if (isUntouched(root)) return root
  const { compile, Faults, isStale } = await import('./compile.js')
  // Only in the project itself: installed as a package it is compiled already, and a TypeScript there is another's.
  if (existsSync(`${root}node_modules/typescript`)) {
    try {
      return compile(root)
    } catch (error) {
      const { code, message } = /** @type {NodeJS.ErrnoException} */ (error)
      if (isOutOfFiles(code)) throw error
      fail(error instanceof Faults ? message : `can't compile what is in ${root}: ${message}`)
    }
  }
  if (!existsSync(`${root}dist/src/cli`) || isStale(root)) {
    const why = existsSync(`${root}dist/src/cli`) ? 'has changed since it was compiled' : 'is not compiled'
    fail(`what is in ${root}src ${why}, and there is no TypeScript; run this first, in ${root}: npm ci`)
  }
  return root
}

/**
 * A container's first process hears no signal that it does not handle; and what runs until it is told to end should end
 * in good order whenever that comes. So it does, until the program itself hears signals.
 */
function endWhenTold() {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(0)
    })
  }
}

/** Its own folder may hold the dependencies, or one above it, where it is a dependency itself. @param {string} name */
function isInstalled(name) {
  try {
    import.meta.resolve(name)
    return true
  } catch {
    return false
  }
}

/** @param {string | undefined} code */
function isOutOfFiles(code) {
  return code === 'EMFILE' || code === 'ENFILE'
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(`gossip: ${message}`)
  process.exit(1)
}
