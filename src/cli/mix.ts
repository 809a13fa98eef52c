/** A mix of protocols, as people type it: "push:50,silent:50". */
import type { Part } from '../loader/population.ts'

/** A node's place in the mix must fit a byte. */
const MAX_PARTS = 255

/** @param text NAME:WEIGHT,...; a name may be the path of a .ts file. @throws {Error} one line */
export function parseMix(text: string): readonly Part[] {
  const parts = text.split(',').map(parsePart)
  if (parts.length > MAX_PARTS) throw new Error(`names ${parts.length} strategies (at most ${MAX_PARTS})`)
  for (const [i, { name }] of parts.entries()) {
    if (parts.findIndex((it) => it.name === name) < i) throw new Error(`names ${name} twice`)
  }
  return parts
}

function parsePart(text: string): Part {
  const [, name, digits] = /^\s*(.*\S)\s*:\s*(\d+(?:\.\d+)?)\s*$/.exec(text) ?? []
  const weight = Number(digits)
  if (name === undefined) throw new Error('must be NAME:WEIGHT,... such as push:50,silent:50')
  if (!(weight > 0 && weight <= 1e9)) throw new Error(`the weight of ${name} must be greater than 0`)
  return { name, weight }
}
