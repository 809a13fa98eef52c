/** What there is to compile, told by its content, as a file may come with any time. */
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { filesOf } from './files.js'

const IS_CODE = /\.tsx?$|tsconfig\.json$/

/** @param {string} root the project's folder, ending with a slash @returns {string} a digest of what the compiler reads */
export function codeOf(root) {
  return digestOf(
    root,
    filesOf(root).filter((it) => IS_CODE.test(it)),
  )
}

/** @param {string} root @returns {string} a digest of that, and of what stands beside it and is not compiled */
export function allOf(root) {
  return digestOf(root, filesOf(root))
}

/** @param {string} root @param {readonly string[]} files */
function digestOf(root, files) {
  const hash = createHash('sha256')
  for (const file of files) {
    const content = readFileSync(`${root}${file}`)
    hash.update(`${file} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/** @param {string} root @param {string} to a folder, ending with a slash */
export function copySources(root, to) {
  for (const file of filesOf(root)) {
    mkdirSync(dirname(`${to}${file}`), { recursive: true })
    copyFileSync(`${root}${file}`, `${to}${file}`)
  }
}
