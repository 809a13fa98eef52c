/** The program of bin/gossip: one file a command. */
import { Command } from 'commander'
import { load } from './load.ts'

/** In the order of the help. */
const commands = [
  'node',
  'cluster',
  'propagate',
  'get',
  'status',
  'strategies',
  'memberships',
  'simulate',
  'compare',
  'check',
  'exercises',
  'measure',
  'view',
  'playground',
]
/** What needs none of them. */
const VERSION = ['-V', '--version']

/**
 * With that command only, as a node has no use for what draws charts: it starts in half the time. With all of them
 * where none is asked for by its name: they are listed, or one is suggested.
 */
export async function programOf(asked = ''): Promise<Command> {
  const program = new Command('gossip').description('Build, run, test and compare gossip protocols.')
  const needed = commands.includes(asked) ? [asked] : VERSION.includes(asked) ? [] : commands
  for (const name of needed) program.addCommand(await commandOf(name))
  return program.addHelpText(
    'after',
    '\nExample:\n  bin/gossip cluster            ten nodes on this machine\n  bin/gossip help cluster',
  )
}

async function commandOf(name: string): Promise<Command> {
  const file = await load<Readonly<Record<string, Command>>>(`./command/${name}.js`)
  return file[`${name}Command`]!
}
