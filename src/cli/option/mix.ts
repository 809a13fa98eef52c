/** A mix of protocols, as people type it: "push:50,silent:50". */
import { existsSync } from 'node:fs'
import { MAX_PARTS } from '../../gossip/population.ts'
import type { StrategyRef } from '../../loader/population.ts'

const FORM = 'must be NAME:WEIGHT,... such as push:50,silent:50'
/** A name ends where a weight does: it may be a path with commas and spaces. */
const PART = /\s*(.*?\S)\s*:\s*(\d+(?:\.\d+)?)\s*(?:,|$)/gsy

/** @param text NAME:WEIGHT,...; a name may be the path of a .ts file. @throws {Error} one line */
export function parseMix(text: string): readonly StrategyRef[] {
  const found = [...text.matchAll(PART)]
  const last = found.at(-1)
  if (last === undefined || last.index + last[0].length !== text.length || last[0].endsWith(','))
    throw new Error(FORM)
  const parts = found.map(([, name = '', digits]) => partOf(name, Number(digits)))
  if (parts.length > MAX_PARTS) throw new Error(`names ${parts.length} strategies (at most ${MAX_PARTS})`)
  for (const [i, { name }] of parts.entries()) {
    if (parts.findIndex((it) => it.name === name) < i) throw new Error(`names ${name} twice`)
  }
  return parts
}

function partOf(name: string, weight: number): StrategyRef {
  if (name.includes(',') && !name.includes('/') && !existsSync(name)) throw new Error(FORM)
  if (!(weight > 0 && weight <= 1e9))
    throw new Error(`the weight of ${name} must be greater than 0, not ${weight}`)
  return { name, weight }
}
