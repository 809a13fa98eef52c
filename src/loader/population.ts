/** Loads the protocols of a mix; each option goes to those that have it. */
import type { Population, Share } from '../gossip/population.ts'
import { type Found, findStrategy } from './load.ts'

/** One protocol of a mix, as it was named. */
export interface Part {
  /** A strategy's name, or the path of a .ts file. */
  readonly name: string
  readonly weight: number
}

export type Settings = Readonly<Record<string, unknown>>

/** @throws {Error} one line: of a strategy or its options, or an option that none of them has */
export async function loadPopulation(parts: readonly Part[], set: Settings): Promise<Population> {
  const found = await Promise.all(parts.map(({ name }) => findStrategy(name)))
  if (found.length > 1) refuseStrangers(found, Object.keys(set))
  const shares = found.map((it, i): Share => {
    const options = found.length === 1 ? set : optionsOf(it.options, set)
    return { protocol: it.withOptions(options), weight: parts[i]!.weight }
  })
  const [first, ...others] = shares
  if (first === undefined) throw new Error('names no strategy')
  return [first, ...others]
}

/** Those of the settings that a strategy with these options understands. */
export function optionsOf(names: readonly string[], set: Settings): Record<string, unknown> {
  return Object.fromEntries(Object.entries(set).filter(([name]) => names.includes(name)))
}

function refuseStrangers(found: readonly Found[], given: readonly string[]): void {
  const stranger = given.find((name) => !found.some((it) => it.options.includes(name)))
  if (stranger === undefined) return
  const have = found.map((it) => `${it.name} has ${it.options.join(', ') || 'none'}`).join('; ')
  throw new Error(`no strategy of the mix has an option "${stranger}" (${have})`)
}
