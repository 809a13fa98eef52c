/**
 * Compiles src/ to dist/ if anything in it is newer than the last compilation.
 *
 * A fault in one strategy file must not keep the others from running: such faults go to dist/faults.json,
 * where the loader of strategies finds them. A fault anywhere else stops everything.
 */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

const LOCK_WAIT_MS = 60_000
const STRATEGIES = 'src/strategy/'

/**
 * @param {string} root the project's folder, ending with a slash
 * @returns {string[]} faults outside the strategies, a line each
 */
export function compile(root) {
  if (!existsSync(`${root}src`) || isCurrent(root)) return []
  mkdirSync(`${root}dist`, { recursive: true })
  const unlock = lock(`${root}dist/.lock`)
  try {
    return isCurrent(root) ? [] : run(root)
  } finally {
    unlock()
  }
}

/** @param {string} root */
function isCurrent(root) {
  const stamp = modified(`${root}dist/.compiled`)
  return stamp > 0 && newest(`${root}src`) < stamp && modified(`${root}tsconfig.json`) < stamp
}

/** @param {string} root */
function run(root) {
  const startedAt = new Date()
  const tsc = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-b', '.', 'src/page/browser', '--pretty', 'false'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  const lines = tsc.stdout.split('\n').filter((line) => line !== '')
  /** @type {Record<string, string>} */
  const faults = {}
  const others = []
  for (const line of lines.filter((it) => !it.startsWith(' '))) {
    const [, file = '', row, column, what] = /^(.+?)\((\d+),(\d+)\): error (.*)$/.exec(line) ?? []
    const fault = file === '' ? line : `${file}:${row}:${column}: ${what}`
    if (file.startsWith(STRATEGIES)) faults[file] ??= fault
    else others.push(fault)
  }
  if (tsc.status !== 0 && lines.length === 0) others.push(`the compiler failed: ${tsc.stderr.trim()}`)
  if (others.length > 0) return others
  removeStale(root)
  writeFileSync(`${root}dist/faults.json`, JSON.stringify(faults))
  writeFileSync(`${root}dist/.compiled`, '')
  // What was saved while the compiler ran is newer than this.
  utimesSync(`${root}dist/.compiled`, startedAt, startedAt)
  return []
}

/** A strategy whose source is gone is gone. @param {string} root */
function removeStale(root) {
  const folder = `${root}dist/${STRATEGIES}`
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (file.endsWith('.js') && !existsSync(`${root}${STRATEGIES}${file.replace(/\.js$/, '.ts')}`)) {
      rmSync(join(folder, file))
    }
  }
}

/** Two commands started at once must not write the same files. The lock names its process. @param {string} path */
function lock(path) {
  const deadline = Date.now() + LOCK_WAIT_MS
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    if (isAbandoned(path) || Date.now() > deadline) rmSync(path, { recursive: true, force: true })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
  }
}

/** Was its process killed? @param {string} path */
function isAbandoned(path) {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0)
    return false
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH'
  }
}

/** @param {string} path */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** The newest change in a folder: of a file, or of the folder itself, where one was added or removed. @param {string} folder @returns {number} */
function newest(folder) {
  let time = modified(folder)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    time = Math.max(time, entry.isDirectory() ? newest(path) : modified(path))
  }
  return time
}
