/** What it costs to send between the nodes of a cluster in one process: as in a simulated run. */
import type { Command } from 'commander'
import { type ParsedSettings, settingOf } from '../../experiment/settings.ts'
import { option } from './option.ts'
import { by } from './parse.ts'

const COSTS = ['bandwidth', 'regions', 'processing'] as const

export type CostOptions = Partial<Pick<ParsedSettings, (typeof COSTS)[number]>>

export function addCostOptions(command: Command): Command {
  for (const name of COSTS) {
    const { flags, about, schema } = settingOf(name)
    command.addOption(option(flags, `GOSSIP_${name.toUpperCase()}`, about).argParser(by(schema)))
  }
  return command
}

/** The name of one of them that is given, if any is. */
export function givenCost(options: CostOptions): string | undefined {
  return COSTS.find((it) => options[it] !== undefined)
}
