/** The settings of a cell as text, by the names that people give them by: what a report must tell to be made again. */
import type { RunSettings } from '../experiment/settings.ts'
import { nameOfLatency } from '../network/latency.ts'
import { nameOfTopology } from '../network/topology/topology.ts'

export type Texts = Readonly<Record<string, string>>

/** Times in ms, or rounds; what has no meaning, or was not given, is empty. @param scenario its name or file */
export function settingTexts(settings: RunSettings, scenario = ''): Texts {
  const { nodes, rounds, period, latency, loss, duplicate, crash, topology, until } = settings
  return {
    nodes: String(nodes),
    rounds: String(rounds),
    period: rounds ? '' : String(period),
    latency: rounds ? '' : nameOfLatency(latency),
    loss: String(loss),
    duplicate: String(duplicate),
    crash: String(crash),
    topology: nameOfTopology(topology),
    scenario,
    until: until === undefined ? '' : String(until),
  }
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
