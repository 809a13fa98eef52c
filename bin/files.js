/** What there is to compile: src/ and what says how. */
import { readdirSync, statSync } from 'node:fs'

const SETTINGS = ['package.json', 'tsconfig.json', 'bin/cache.js', 'bin/cache.d.ts']

/** @param {string} root the project's folder, ending with a slash @returns {string[]} their paths in it */
export function filesOf(root) {
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
