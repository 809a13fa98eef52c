/** Which version of this project runs. */
import { readFileSync } from 'node:fs'
import { root } from './root.ts'

/** As package.json says. */
export function version(): string {
  return JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version
}
