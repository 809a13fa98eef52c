/**
 * Compiles src/ if it is not what was compiled last: to dist/ or, where that may not be written, or the project is
 * somebody else's, in a copy in the user's own cache.
 *
 * A fault in one protocol's file must not keep the others from running: such faults go to dist/faults.json,
 * where the loader finds them. A fault anywhere else stops everything.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { isOfFiles, keep, refuseFull } from './cache.js'
import { lock } from './lock.js'
import { allOf, codeOf, copySources } from './sources.js'
import { untouchedSince } from './untouched.js'

/** A protocol a file. */
const PROTOCOLS = ['src/strategy/', 'src/membership/']
/** What was compiled, and what came out. */
const STAMP = 'dist/.compiled'
/** What the compiler itself knows of what it did. */
const BUILDS = ['dist/src.tsbuildinfo', 'dist/page.tsbuildinfo', 'dist/playground.tsbuildinfo']
const FAULTS = 'dist/faults.json'

/** Faults in the sources, outside the protocols' files. */
export class Faults extends Error {
  /** @param {readonly string[]} lines */
  constructor(lines) {
    super(lines.join('\n'))
  }
}

/** The compiler did not come to an end. */
class Fall extends Error {}

/**
 * @param {string} root the project's folder, ending with a slash
 * @returns {string} the folder, ending with a slash, in whose dist/ what src/ says now is compiled
 * @throws {Faults} or one line
 */
export function compile(root) {
  const note = untouchedSince(root)
  const code = codeOf(root)
  if (isCurrent(root, code)) {
    if (isOurs(root)) unlessFull(note)
    return root
  }
  if (isOurs(root)) {
    try {
      compileHere(root)
      return root
    } catch (error) {
      // Where there is no room here, or a part belongs to somebody else, there may be room elsewhere.
      if (!isOfFiles(error) && !(error instanceof Fall)) throw error
    }
  }
  return compileElsewhere(root, code)
}

/** What only saves time. @param {() => void} act */
function unlessFull(act) {
  try {
    act()
  } catch (error) {
    if (!isOfFiles(error)) throw error
  }
}

/** Compiles here, whosever it is. @param {string} root @returns {string[]} all faults, a line each */
export function build(root) {
  try {
    compileHere(root)
  } catch (error) {
    return [/** @type {Error} */ (error).message]
  }
  return Object.values(JSON.parse(read(`${root}${FAULTS}`)))
}

/** Has src/ changed since? Where there is none, or no stamp, nobody knows. @param {string} root */
export function isStale(root) {
  const stamp = read(`${root}${STAMP}`)
  return stamp !== '' && existsSync(`${root}src/cli`) && stamp.split(' ')[0] !== codeOf(root)
}

/** @param {string} root @param {string} code its digest */
function isCurrent(root, code) {
  return read(`${root}${STAMP}`) === `${code} ${built(root)}`
}

/** Others compile, too, to the same folder. @param {string} root */
function built(root) {
  const hash = createHash('sha256')
  for (const file of BUILDS) hash.update(read(`${root}${file}`))
  return hash.digest('hex')
}

/** Is it this user's own, to write in? @param {string} root */
function isOurs(root) {
  try {
    for (const it of [root, `${root}dist`].filter(existsSync)) {
      accessSync(it, constants.W_OK)
      if (process.getuid !== undefined && statSync(it).uid !== process.getuid()) return false
    }
    return true
  } catch {
    return false
  }
}

/** @param {string} root */
function compileHere(root) {
  mkdirSync(`${root}dist`, { recursive: true })
  const unlock = lock(`${root}dist/.lock`)
  try {
    const code = codeOf(root)
    if (!isCurrent(root, code)) run(root, code)
  } finally {
    unlock()
  }
}

/** @param {string} root @param {string} code */
function compileElsewhere(root, code) {
  const id = createHash('sha256')
    .update(`${root} ${allOf(root)}`)
    .digest('hex')
  const name = `project-${id.slice(0, 24)}`
  return keep((draft) => {
    copySources(root, `${draft}/`)
    symlinkSync(`${root}node_modules`, `${draft}/node_modules`, 'junction')
    try {
      run(`${draft}/`, code)
    } catch (error) {
      if (error instanceof Fall) refuseFull(draft)
      throw error
    }
    return name
  }, name)
}

/** @param {string} root @param {string} code */
function run(root, code) {
  const [, before] = read(`${root}${STAMP}`).split(' ')
  rmSync(`${root}${STAMP}`, { force: true })
  let lines = callCompiler(root)
  // It goes by the files' times, and thinks that nothing changed where another file has come with an older one.
  if (before === built(root)) lines = callCompiler(root, '--force')
  const faults = faultsIn(lines)
  removeStale(root)
  writeFileSync(`${root}${FAULTS}`, JSON.stringify(faults))
  writeFileSync(`${root}${STAMP}`, `${code} ${built(root)}`)
}

/** @param {string} root @param {readonly string[]} flags @returns {string[]} what it says */
function callCompiler(root, ...flags) {
  const { error, status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      'node_modules/typescript/bin/tsc',
      '-b',
      '.',
      'src/page/browser',
      'src/playground',
      '--pretty',
      'false',
      ...flags,
    ],
    { cwd: root, encoding: 'utf8' },
  )
  if (error !== undefined) throw new Fall(`the compiler can't be run: ${error.message}`)
  const lines = stdout.split('\n').filter((line) => line !== '')
  if (status === 0 || lines.length > 0) return lines
  for (const it of BUILDS) rmSync(`${root}${it}`, { force: true })
  throw new Fall(`the compiler failed: ${stderr.trim().split('\n')[0]}`)
}

/** @param {readonly string[]} lines as the compiler writes them @returns {Record<string, string>} those of protocols, by file */
function faultsIn(lines) {
  /** @type {Record<string, string>} */
  const faults = {}
  const others = []
  for (const line of lines.filter((it) => !it.startsWith(' '))) {
    const [, file = '', row, column, what] = /^(.+?)\((\d+),(\d+)\): error (.*)$/.exec(line) ?? []
    const fault = file === '' ? line : `${file}:${row}:${column}: ${what}`
    if (PROTOCOLS.some((it) => file.startsWith(it))) faults[file] ??= fault
    else others.push(fault)
  }
  if (others.length > 0) throw new Faults(others)
  return faults
}

/** A protocol whose source is gone is gone. @param {string} root */
function removeStale(root) {
  for (const protocols of PROTOCOLS) {
    const folder = `${root}dist/${protocols}`
    for (const file of existsSync(folder) ? readdirSync(folder) : []) {
      if (file.endsWith('.js') && !existsSync(`${root}${protocols}${file.replace(/\.js$/, '.ts')}`)) {
        rmSync(join(folder, file))
      }
    }
  }
}

/** Empty where there is none. @param {string} path */
function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
