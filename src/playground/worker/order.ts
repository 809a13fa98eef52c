/** A run out of the words of an address: names, grammar and defaults are those of `simulate`'s options. */
import type { Cell } from '../../experiment/cell.ts'
import { fingerprint } from '../../experiment/cell.ts'
import { askedSettings, cellsOf } from '../../experiment/plan.ts'
import type { Order } from '../../experiment/run-one.ts'
import {
  OF_A_CLOCK,
  type ParsedSettings,
  SETTING_NAMES,
  type SettingName,
  settingOf,
} from '../../experiment/settings.ts'
import { namesOn, readJson } from '../../loader/json-files.ts'
import { loadLocatedMembership } from '../../loader/load.ts'
import { checkSettings, loadMembers } from '../../loader/population.ts'
import { parseKeyValue } from '../../parse/key-value.ts'
import { oneLine } from '../../parse/one-line.ts'
import { quoted } from '../../text/quoted.ts'
import type { Asked, Words } from '../wire.ts'

/** Words that are no settings. */
const OTHERS = ['strategy', 'set']
/** The most that a browser simulates: more take too long, and more memory than a page has. */
const MAX_NODES = 100_000
const DEFAULT_STRATEGY = 'push'
const VALUE = 'value'

/** As an address and a command line have it: set-membership. */
export function wordOf(name: SettingName): string {
  return /--([\w-]+)/.exec(settingOf(name).flags)![1]!
}

/** @throws {Error} one line: what can't be run, and why */
export async function ordered(asked: Asked): Promise<Order> {
  const { words } = asked
  const known = [...OTHERS, ...SETTING_NAMES.map(wordOf)]
  const unknown = Object.keys(words).find((it) => !known.includes(it))
  if (unknown !== undefined) throw new Error(`no option ${quoted(unknown)}; there are: ${known.join(', ')}`)
  const parsed = parsedSettings(words)
  const { seed, until, rounds } = parsed
  const idle = rounds ? OF_A_CLOCK.find((it) => Object.hasOwn(words, it)) : undefined
  if (idle !== undefined) throw new Error(`rounds have no ${idle}: leave one of the two out`)
  if (rounds && until?.isDuration)
    throw new Error(`until: ${quoted(words.until)} must be a number of rounds, such as 50`)
  const set = pairs('set', words.set)
  const cells = await cellsOf({
    contenders: [[{ name: words.strategy ?? DEFAULT_STRATEGY, weight: 1 }]],
    set,
    settings: askedSettings(parsed, (name) => words[name] !== undefined),
    scenario: scenarioOf(asked, parsed),
    sweeps: [],
  })
  const [cell] = cells as [Cell]
  await checkSettings(
    cell.members.map((it) => it.strategy),
    set,
  )
  if (cell.settings.nodes > MAX_NODES)
    throw new Error(
      `nodes: ${cell.settings.nodes} are too many for a browser (at most ${MAX_NODES}): run bin/gossip simulate`,
    )
  const { membership } = cell
  return {
    population: await loadMembers(cell.members),
    settings: cell.settings,
    members: membership && (await loadLocatedMembership(membership.membership, membership.options)),
    fingerprint: fingerprint(cell),
    seed,
    run: 0,
  }
}

/**
 * What happens in it: of its scenario, and what was done from outside. Who does something else in it than hand in a value
 * has the run's own value all the same.
 */
export function scenarioOf(
  { words, steps }: Asked,
  { values = 1 }: Pick<ParsedSettings, 'values'>,
): readonly unknown[] | undefined {
  const { scenario } = words
  const base =
    scenario === undefined
      ? []
      : (readJson(scenario, { folder: 'src/scenario/', what: 'scenario', most: 1e7 }) as unknown[])
  if (scenario !== undefined && !Array.isArray(base)) throw new Error('scenario: must be a list of steps')
  if (steps.length === 0) return scenario === undefined ? undefined : base
  const isHandedIn = values > 1 || base.some((it) => HANDS_IN.has((it as { do?: unknown }).do))
  return [...(isHandedIn ? [] : [{ at: 0, do: 'propagate', node: 0, value: VALUE }]), ...base, ...steps]
}

const HANDS_IN: ReadonlySet<unknown> = new Set(['propagate', 'load'])

export const scenarioNames = (): string[] => namesOn({ folder: 'src/scenario/' })
export const regionNames = (): string[] => namesOn({ folder: 'src/network/regions/' })

function parsedSettings(words: Words): ParsedSettings {
  return Object.fromEntries(
    SETTING_NAMES.map((name) => {
      const text = words[wordOf(name)]
      return [name, name === 'scenario' || text === undefined ? usual(name) : parsed(name, text)]
    }),
  ) as unknown as ParsedSettings
}

function usual(name: SettingName): unknown {
  return settingOf(name).schema.parse(undefined)
}

function parsed(name: SettingName, text: string): unknown {
  const { schema, isMap } = settingOf(name)
  if (isMap) return pairs(wordOf(name), text)
  if (name === 'rounds') return flag(name, text)
  const it = schema.safeParse(text)
  if (!it.success) throw new Error(`${wordOf(name)}: ${oneLine(it.error, text)}`)
  return it.data
}

function flag(name: string, text: string): boolean {
  if (text === '' || text === '1' || text === 'true') return true
  if (text === '0' || text === 'false') return false
  throw new Error(`${name}: ${quoted(text)} must be 1 or 0`)
}

/** Several key=value, divided by commas or spaces. */
function pairs(name: string, text = ''): Record<string, unknown> {
  const parts = text.split(/[\s,]+/).filter(Boolean)
  try {
    return Object.fromEntries(parts.map(parseKeyValue))
  } catch (error) {
    throw new Error(`${name}: ${quoted(text)} ${(error as Error).message}`)
  }
}
