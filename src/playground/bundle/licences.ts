/** What the authors of bundled packages ask for: that their licences go along. */
import { readdirSync, readFileSync } from 'node:fs'
import { root } from '../../loader/root.ts'

const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//
const LICENCE = /^(licen[cs]e|copying)(\.(md|txt))?$/i

/** @param inputs paths of all that was bundled, from the project's folder on @returns a text */
export function licencesOf(inputs: readonly string[]): string {
  const packages = new Set(inputs.flatMap((it) => PACKAGE.exec(it)?.[1] ?? []))
  return [...packages]
    .sort()
    .map((name) => `${name}\n\n${licenceOf(name)}`)
    .join(`\n${'-'.repeat(72)}\n\n`)
}

function licenceOf(name: string): string {
  const folder = `${root}node_modules/${name}/`
  const file = readdirSync(folder).find((it) => LICENCE.test(it))
  if (file !== undefined) return readFileSync(folder + file, 'utf8')
  const { license = 'none told' } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as {
    license?: string
  }
  return `${license}\n`
}
