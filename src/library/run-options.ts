/** The settings of simulated runs, as a script hands them in. */
import { z } from 'zod'
import { type AskedSettings, askedSettings } from '../experiment/plan.ts'
import { type ParsedSettings, type SettingsInput, settingSchemas } from '../experiment/settings.ts'
import { quoted } from '../text/quoted.ts'

/** What `simulate()` and `compare()` share. Everything has a default. */
export interface RunOptions extends SettingsInput {
  /** Options of the strategies by name, for instance `{ fanout: 2 }`; `gossip strategies` lists them. */
  readonly options?: Readonly<Record<string, unknown>>
}

/** @param runs how many, where nothing else is asked for */
export function runShape(runs: number) {
  return {
    options: z.record(z.string(), z.unknown()).default({}),
    ...settingSchemas,
    runs: settingSchemas.runs.unwrap().default(runs),
  }
}

/**
 * @param given as it was handed in
 * @throws {Error} one line, if they can't go together
 */
export function runSettings(who: string, parsed: ParsedSettings, given: RunOptions): AskedSettings {
  if (parsed.rounds && parsed.until?.isDuration)
    throw new Error(`${who}: until: ${quoted(given.until)} must be a number of rounds, such as 50`)
  return askedSettings(parsed, (name) => given[name] !== undefined)
}
