/** The strategies of a population, found and with their options, so that another thread can load them too. */
import type { Population, Share } from '../gossip/population.ts'
import type { Protocol } from '../gossip/protocol.ts'
import { type Located, loadLocated, locateStrategy } from './load.ts'

export interface StrategyRef {
  /** A strategy's name, or the path of its file. */
  readonly name: string
  /** Greater than 0. */
  readonly weight: number
  /** The strategy itself, where a script hands it in instead of naming a file. */
  readonly definition?: unknown
}

export interface LocatedStrategy {
  readonly strategy: Located
  readonly options: Readonly<Record<string, unknown>>
  readonly weight: number
}

/** Options by name, as `--set` gives them. */
export type Settings = Readonly<Record<string, unknown>>

/** Finds one strategy, or takes it as it was handed in. @throws {Error} one line */
export function locatePart({ name, definition }: StrategyRef): Located {
  return definition === undefined ? locateStrategy(name) : { name, source: name, file: '', definition }
}

/**
 * Finds each strategy; each setting goes to those that have such an option.
 * @throws {Error} one line: no such strategy, a fault in its file, or an option with a wrong value
 */
export async function membersOf(parts: readonly StrategyRef[], set: Settings): Promise<LocatedStrategy[]> {
  return Promise.all(
    parts.map(async (part) => {
      const strategy = locatePart(part)
      const options = optionsOf(await loadLocated(strategy), set)
      await loadLocated(strategy, options)
      return { strategy, options, weight: part.weight }
    }),
  )
}

/** @throws {Error} one line, if one of the settings is an option of none of the strategies */
export async function checkSettings(strategies: readonly Located[], set: Settings): Promise<void> {
  const protocols = await Promise.all(strategies.map((it) => loadLocated(it)))
  const unknown = Object.keys(set).find((key) => !protocols.some((it) => optionNames(it).includes(key)))
  if (unknown === undefined) return
  // Of one strategy the complaint is its own.
  if (strategies.length === 1) await loadLocated(strategies[0]!, set)
  const all = new Set(protocols.map((it) => `${it.name} has ${optionNames(it).join(', ') || 'none'}`))
  throw new Error(`no option ${unknown}: ${[...all].join('; ')}`)
}

/** The population of these parts, ready to run in this thread. @throws {Error} one line */
export async function loadPopulation(parts: readonly StrategyRef[], set: Settings): Promise<Population> {
  const members = await membersOf(parts, set)
  await checkSettings(
    members.map((it) => it.strategy),
    set,
  )
  return loadMembers(members)
}

/** @throws {Error} one line */
export async function loadMembers(members: readonly LocatedStrategy[]): Promise<Population> {
  const [first, ...rest] = await Promise.all(
    members.map(
      async ({ strategy, options, weight }): Promise<Share> => ({
        protocol: await loadLocated(strategy, options),
        weight,
      }),
    ),
  )
  if (first === undefined) throw new Error('a population has at least one strategy')
  return [first, ...rest]
}

/** Those of the settings that a strategy has. */
export function optionsOf(protocol: Protocol, set: Settings): Record<string, unknown> {
  const has = optionNames(protocol)
  return Object.fromEntries(Object.entries(set).filter(([key]) => has.includes(key)))
}

export function optionNames({ strategy }: Protocol): string[] {
  return Object.keys(strategy.options ?? {})
}
