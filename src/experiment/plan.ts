/** The cells of an experiment: every contender under every combination of what is swept. */

import { DEFAULT_MEMBERSHIP, type Located, loadLocated } from '../loader/load.ts'
import { membershipOf } from '../loader/membership.ts'
import {
  checkSettings,
  locatePart,
  membersOf,
  optionNames,
  type Settings,
  type StrategyRef,
} from '../loader/population.ts'
import { readScenario } from '../loader/scenario.ts'
import type { Latency } from '../network/latency.ts'
import { graphOf } from '../network/topology/build.ts'
import { namesOf, nodesOf } from '../network/topology/topology.ts'
import { oneLine } from '../parse/one-line.ts'
import { type Cluster, parseScenario, type Scenario } from '../scenario/scenario.ts'
import { randomStream } from '../simulation/random.ts'
import type { Cell } from './cell.ts'
import {
  checkTogether,
  isSwept,
  OF_A_CLOCK,
  RUN_DEFAULTS,
  type RunSettings,
  runSettingsOf,
  type SettingName,
  SWEPT,
  settingOf,
} from './settings.ts'

/** Who takes part: one strategy, or a mix. */
export type Contender = readonly StrategyRef[]

/** One value of what is swept. */
export type SweptValue = string | number | boolean

export interface Sweep {
  /** A setting (nodes, loss, topology...), or an option of the strategies. */
  readonly name: string
  readonly values: readonly SweptValue[]
}

export interface Plan {
  readonly contenders: readonly Contender[]
  readonly set: Settings
  readonly settings: AskedSettings
  /** A scenario's name or file, or its steps, not yet parsed. */
  readonly scenario?: string | readonly unknown[] | undefined
  readonly sweeps: readonly Sweep[]
}

/** What was not asked for hangs on the others: a file of edges has its own number of nodes, regions have distances. */
export type AskedSettings = Omit<RunSettings, 'nodes' | 'latency'> &
  Readonly<Pick<Partial<RunSettings>, 'nodes' | 'latency'>>

/** @param isGiven was that one asked for, or is its value the default? */
export function askedSettings(
  parsed: Parameters<typeof runSettingsOf>[0] & Partial<Pick<RunSettings, 'nodes' | 'latency'>>,
  isGiven: (name: 'nodes' | 'latency') => boolean,
): AskedSettings {
  const { nodes, latency } = parsed
  return {
    ...runSettingsOf(parsed),
    nodes: isGiven('nodes') ? nodes : undefined,
    latency: isGiven('latency') ? latency : undefined,
  }
}

/** On top of what is between regions. */
const NO_LATENCY: Latency = { kind: 'constant', ms: 0 }
const MAX_CELLS = 10_000
/** Values that one name may take. */
export const MAX_VALUES = 1000

/**
 * A contender that lacks a swept option is run once instead of for each of its values.
 * @throws {Error} one line: what can't be run, and why
 */
export async function cellsOf(plan: Plan): Promise<Cell[]> {
  const { contenders, set, sweeps } = plan
  const strategies = contenders.flat().map(locatePart)
  const names = sweeps.map((it) => it.name)
  const idle = plan.settings.rounds ? names.find((it) => OF_A_CLOCK.includes(it)) : undefined
  if (idle !== undefined) throw new Error(`rounds have no ${idle}: there is nothing to sweep`)
  const twice = names.find((it, i) => names.indexOf(it) < i || Object.hasOwn(set, it))
  if (twice !== undefined) throw new Error(`${twice} is given twice`)
  const options = sweeps.filter((it) => !isSwept(it.name))
  await checkSwept(options, strategies)
  const first = Object.fromEntries(options.map(({ name, values }) => [name, values[0]]))
  await checkSettings(strategies, { ...set, ...first })
  const parts = { parse: parser(), scenarioOf: scenarioReader(plan.scenario) }

  const cells: Cell[] = []
  for (const contender of contenders) {
    const has = new Set<string>()
    for (const part of contender)
      for (const it of optionNames(await loadLocated(locatePart(part)))) has.add(it)
    const swept = sweeps.filter((it) => isSwept(it.name) || has.has(it.name))
    for (const values of combinations(swept)) {
      if (cells.length === MAX_CELLS) throw new Error(`more than ${MAX_CELLS} combinations`)
      cells.push(await cellOf(contender, plan, values, parts))
    }
  }
  return cells
}

/** @throws {Error} one line: what is swept that is neither a setting nor an option, and what there is */
async function checkSwept(swept: readonly Sweep[], strategies: readonly Located[]): Promise<void> {
  if (swept.length === 0) return
  const protocols = await Promise.all(strategies.map((it) => loadLocated(it)))
  const unknown = swept.find(({ name }) => !protocols.some((it) => optionNames(it).includes(name)))
  if (unknown === undefined) return
  const has = new Set(protocols.map((it) => `${it.name} has ${optionNames(it).join(', ') || 'no options'}`))
  throw new Error(`can't sweep ${unknown.name}; the settings are ${SWEPT.join(', ')}; ${[...has].join('; ')}`)
}

async function cellOf(
  contender: Contender,
  { set, settings: base }: Plan,
  swept: Readonly<Record<string, SweptValue>>,
  { parse, scenarioOf }: Parts,
): Promise<Cell> {
  const options: Record<string, unknown> = { ...set }
  const changed: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(swept)) {
    if (isSwept(name)) changed[name] = parse(name, value)
    else options[name] = value
  }
  const asked: AskedSettings = { ...base, ...changed }
  const nodes = nodesOf(asked.topology, asked.nodes, RUN_DEFAULTS.nodes)
  const latency = asked.latency ?? (asked.regions === undefined ? RUN_DEFAULTS.latency : NO_LATENCY)
  const flat: RunSettings = { ...asked, nodes, latency }
  const scenario = scenarioOf(flat)
  const settings = scenario === undefined ? flat : { ...flat, scenario }
  checkTogether(settings)
  checkTopology(settings)
  // Its old name.
  const { membership = settings.topology.kind === 'real' ? DEFAULT_MEMBERSHIP : undefined, setMembership } =
    settings
  return {
    members: await membersOf(contender, options),
    ...(membership !== undefined && { membership: await membershipOf(membership, setMembership) }),
    settings,
    swept,
  }
}

/** What is read once for all cells. */
interface Parts {
  readonly parse: (name: SettingName, value: SweptValue) => unknown
  readonly scenarioOf: (settings: RunSettings) => Scenario | undefined
}

function scenarioReader(scenario: Plan['scenario']): Parts['scenarioOf'] {
  if (scenario === undefined) return () => undefined
  const parse = typeof scenario === 'string' ? readScenario(scenario) : parserOf(scenario)
  return ({ nodes, rounds, topology }) => parse({ nodes, rounds, names: namesOf(topology) })
}

function parserOf(steps: readonly unknown[]): (cluster: Cluster) => Scenario {
  return (cluster) => {
    try {
      return parseScenario(steps, cluster)
    } catch (error) {
      throw new Error(`scenario: ${(error as Error).message}`)
    }
  }
}

/** A file of edges that several cells have is read once: it may be a pipe. */
function parser(): Parts['parse'] {
  const known = new Map<string, unknown>()
  return (name, value) => {
    const key = `${name}=${value}`
    if (!known.has(key)) known.set(key, parseSetting(name, value))
    return known.get(key)
  }
}

function parseSetting(name: SettingName, value: SweptValue): unknown {
  const parsed = settingOf(name).schema.safeParse(value)
  if (!parsed.success) throw new Error(`${name}: ${oneLine(parsed.error, value)}`)
  return parsed.data
}

/** Whether they fit decides the number of nodes, not the dice: so it can be told before the first run. */
function checkTopology({ topology, nodes }: RunSettings): void {
  const draws = randomStream(1, 0, 'topology')
  graphOf(topology, nodes, () => draws.random())
}

function* combinations(sweeps: readonly Sweep[]): Generator<Readonly<Record<string, SweptValue>>> {
  const [first, ...rest] = sweeps
  if (first === undefined) {
    yield {}
    return
  }
  for (const value of first.values)
    for (const others of combinations(rest)) yield { [first.name]: value, ...others }
}
