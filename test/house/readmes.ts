/** The project's texts for people: every .md file of it, and what stands in them. */
import { readdirSync, readFileSync } from 'node:fs'
import { root } from './source.ts'

/** Folders that hold such texts; what is installed or compiled is not the project's own. */
const FOLDERS = ['src', 'test', '.github']

/** Paths from the project's folder on, the first page first. */
export const READMES: readonly string[] = [
  ...readdirSync(root).filter(isText),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter(isText)
      .sort()
      .map((it) => `${folder}/${it}`),
  ),
]

function isText(path: string): boolean {
  return path.endsWith('.md')
}

export function textOf(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8')
}

/** What stands between fences of one of those languages, such as `sh`; '' is none. */
export function blocksOf(text: string, ...languages: readonly string[]): string[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
    .filter(([, language]) => languages.includes(language!))
    .map(([, , block]) => block!)
}

/** The lines that a reader may type into a shell, of all texts but those left out. */
export function shellLines(without: readonly string[] = []): string[] {
  return READMES.filter((it) => !without.includes(it))
    .flatMap((it) => blocksOf(textOf(it), 'sh'))
    .flatMap((it) => it.split('\n'))
    .filter((it) => it.trim() !== '')
}

/** Code and what is fenced say nothing of links. */
function proseOf(text: string): string {
  return text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, (it) => it.replace(/[[\]()]/g, ' '))
}

/** Where its links and pictures lead, those out to the web left out. */
export function linksOf(text: string): string[] {
  return [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to]) => to!)
    .filter((to) => !/^[a-z]+:/.test(to))
}

/** The names by which its headings can be linked to, as GitHub makes them. */
export function anchorsOf(text: string): Set<string> {
  const found = new Set<string>()
  for (const [, heading] of text.replace(/^```.*?^```$/gms, '').matchAll(/^#{1,6} (.+)$/gm)) {
    const plain = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const name = plain.replace(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-')
    let free = name
    for (let i = 1; found.has(free); i++) free = `${name}-${i}`
    found.add(free)
  }
  return found
}
