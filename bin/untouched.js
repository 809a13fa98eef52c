/**
 * Has nobody touched a file since what is compiled was last compared with the sources? To ask the file system that takes
 * a command a quarter of the time of reading them all. It goes by the time of a file's last change of any kind, which
 * nobody can set, so that a file may still come with any time of its own.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { filesOf } from './files.js'

/** What came out: others compile to the same folder. */
const OUTPUT = [
  'dist/.compiled',
  'dist/src.tsbuildinfo',
  'dist/page.tsbuildinfo',
  'dist/playground.tsbuildinfo',
]
const NOTE = 'dist/.untouched'
/** Ms after a change within which another one might bear the same time. */
const TICK_MS = 100

/** @param {string} root the project's folder, ending with a slash */
export function isUntouched(root) {
  try {
    return readFileSync(`${root}${NOTE}`, 'utf8') === look(root).text
  } catch {
    return false
  }
}

/**
 * To be asked before the files are compared.
 * @param {string} root
 * @returns {() => void} notes, once they were found to be equal, that they were untouched then
 */
export function untouchedSince(root) {
  try {
    const { text, changed } = look(root)
    if (changed > Date.now() - TICK_MS) return () => {}
    return () => writeFileSync(`${root}${NOTE}`, text)
  } catch {
    return () => {}
  }
}

/** @param {string} root @returns {{ text: string, changed: number }} what all files are like, and the ms of the last change */
function look(root) {
  let changed = 0
  const lines = [...OUTPUT, ...filesOf(root)].map((file) => {
    const { size, ino, ctimeNs, ctimeMs } = statSync(`${root}${file}`, { bigint: true })
    changed = Math.max(changed, Number(ctimeMs))
    return `${file} ${size} ${ino} ${ctimeNs}\n`
  })
  return { text: lines.join(''), changed }
}
