/** The settings of a cell as text, by the names that people give them by: what a report must tell to be made again. */
import { type RunSettings, SETTING_NAMES, settingOf } from '../experiment/settings.ts'

export type Texts = Readonly<Record<string, string>>

/** What the others hang on; the order is that of a table's columns. */
const FIRST = { nodes: '', rounds: '' }

/** Times in ms, or rounds; what has no meaning, or was not given, is empty. @param scenario its name or file */
export function settingTexts(settings: RunSettings, scenario = ''): Texts {
  const all: Readonly<Record<string, unknown>> = { ...settings, scenario }
  const texts = SETTING_NAMES.filter((it) => Object.hasOwn(all, it)).map((it): [string, string] => {
    const { time, text = String } = settingOf(it)
    const value = all[it]
    return [it, value === undefined || (settings.rounds && time === 'clock') ? '' : text(value as never)]
  })
  return { ...FIRST, ...Object.fromEntries(texts) }
}

export function isTime(name: string): boolean {
  return SETTING_NAMES.some((it) => it === name && settingOf(it).time !== undefined)
}

/** Options by name; those of a mix with the strategy's: "push.fanout". */
export function optionTexts(options: Readonly<Record<string, unknown>>, before = ''): Texts {
  const entries = Object.entries(options).flatMap(([name, value]): (readonly [string, string])[] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [[`${before}${name}`, typeof value === 'string' ? value : JSON.stringify(value)]]
    return Object.entries(optionTexts(value as Readonly<Record<string, unknown>>, `${before}${name}.`))
  })
  return Object.fromEntries(entries)
}
