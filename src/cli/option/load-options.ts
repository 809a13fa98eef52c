/** What is handed in to a cluster: as in a simulated run. */
import type { Command } from 'commander'
import { type ParsedSettings, settingOf } from '../../experiment/settings.ts'
import { option } from './option.ts'
import { by } from './parse.ts'

const LOAD = ['values', 'rate', 'keys', 'publishers'] as const

export type LoadOptions = Partial<Pick<ParsedSettings, (typeof LOAD)[number]>>

export function addLoadOptions(command: Command): Command {
  for (const name of LOAD) {
    const { flags, about, schema } = settingOf(name)
    command.addOption(option(flags, `GOSSIP_${name.toUpperCase()}`, about).argParser(by(schema)))
  }
  return command
}
