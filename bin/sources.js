/** What there is to compile: src/ and what says how. Told by its content, as a file may come with any time. */
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const SETTINGS = ['package.json', 'tsconfig.json', 'bin/cache.js', 'bin/cache.d.ts']
const IS_CODE = /\.tsx?$|tsconfig\.json$/

/**
 * @typedef {object} Sources
 * @property {string} code a digest of what the compiler reads
 * @property {string} all a digest of that, and of what stands beside it and is not compiled
 */

/** @param {string} root the project's folder, ending with a slash @returns {Sources} */
export function look(root) {
  const [code, all] = [createHash('sha256'), createHash('sha256')]
  for (const file of filesOf(root)) {
    const content = readFileSync(`${root}${file}`)
    const head = `${file} ${content.length}\n`
    all.update(head).update(content)
    if (IS_CODE.test(file)) code.update(head).update(content)
  }
  return { code: code.digest('hex'), all: all.digest('hex') }
}

/** @param {string} root @param {string} to a folder, ending with a slash */
export function copySources(root, to) {
  for (const file of filesOf(root)) {
    mkdirSync(dirname(`${to}${file}`), { recursive: true })
    copyFileSync(`${root}${file}`, `${to}${file}`)
  }
}

/** @param {string} root @returns {string[]} their paths in it */
function filesOf(root) {
  return [...SETTINGS, ...filesIn(root, 'src')]
}

/** Names that begin with a dot are what editors leave there. @param {string} root @param {string} folder @returns {string[]} */
function filesIn(root, folder) {
  return readdirSync(`${root}${folder}`, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return filesIn(root, path)
      return entry.isFile() || statSync(`${root}${path}`, { throwIfNoEntry: false })?.isFile() ? [path] : []
    })
}
