/** Several names in one text, divided by commas; some are paths of files, which may have commas and spaces of their own. */
import { statSync } from 'node:fs'

/**
 * A file that is there is taken for one, the longest first; so is what begins as a path and goes on to an ending.
 * @param divider what stands between two names
 * @param ending of the files that are meant
 */
export function namesIn(text: string, divider: RegExp, ending: string): string[] {
  const parts = partsOf(text, divider)
  const names: string[] = []
  for (let first = 0; first < parts.length; ) {
    const last = lastOf(text, parts, first, ending)
    names.push(text.slice(parts[first]!.from, parts[last]!.to))
    first = last + 1
  }
  return names
}

interface Part {
  readonly from: number
  readonly to: number
}

function partsOf(text: string, divider: RegExp): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const { index, 0: it } of text.matchAll(new RegExp(divider, 'g'))) {
    parts.push({ from, to: index })
    from = index + it.length
  }
  return [...parts, { from, to: text.length }]
}

/** The last part of the name that begins with that one. */
function lastOf(text: string, parts: readonly Part[], first: number, ending: string): number {
  const { from } = parts[first]!
  for (let last = parts.length - 1; last > first; last--)
    if (isFile(text.slice(from, parts[last]!.to))) return last
  const begin = text.slice(from, parts[first]!.to)
  if (!begin.includes('/') || begin.endsWith(ending) || isFile(begin)) return first
  const end = parts.findIndex(({ to }, i) => i > first && text.slice(0, to).endsWith(ending))
  return end === -1 ? first : end
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
