/** What is handed in to a cluster: as in a simulated run. */
import type { Command } from 'commander'
import { type ParsedSettings, settingOf } from '../../experiment/settings.ts'
import { option } from './option.ts'
import { by } from './parse.ts'

const LOAD = ['values', 'rate', 'keys', 'publishers', 'size'] as const

export type LoadOptions = Partial<Pick<ParsedSettings, (typeof LOAD)[number]>>

export function addLoadOptions(command: Command): Command {
  for (const name of LOAD) {
    const { flags, about, schema } = settingOf(name)
    const said = name === 'size' ? 'of a load: bytes of each value, such as 2KiB (default: a few)' : about
    command.addOption(option(flags, `GOSSIP_${name.toUpperCase()}`, said).argParser(by(schema)))
  }
  return command
}
