/** The program of bin/gossip: one file a command. */
import { Command } from 'commander'

/** In the order of the help. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  node: async () => (await import('./command/node.ts')).nodeCommand,
  cluster: async () => (await import('./command/cluster.ts')).clusterCommand,
  propagate: async () => (await import('./command/propagate.ts')).propagateCommand,
  get: async () => (await import('./command/get.ts')).getCommand,
  status: async () => (await import('./command/status.ts')).statusCommand,
  strategies: async () => (await import('./command/strategies.ts')).strategiesCommand,
  memberships: async () => (await import('./command/memberships.ts')).membershipsCommand,
  simulate: async () => (await import('./command/simulate.ts')).simulateCommand,
  compare: async () => (await import('./command/compare.ts')).compareCommand,
  check: async () => (await import('./command/check.ts')).checkCommand,
  measure: async () => (await import('./command/measure.ts')).measureCommand,
  view: async () => (await import('./command/view.ts')).viewCommand,
}

/**
 * With that command only, as a node has no use for what draws charts: it starts in half the time. With all of them
 * where none is asked for by its name: they are listed, or one is suggested.
 */
export async function programOf(asked?: string): Promise<Command> {
  const isKnown = asked !== undefined && Object.hasOwn(commands, asked)
  const program = new Command('gossip').description('Build, run, test and compare gossip protocols.')
  for (const load of isKnown ? [commands[asked]!] : Object.values(commands)) program.addCommand(await load())
  return program.addHelpText(
    'after',
    '\nExample:\n  bin/gossip cluster            ten nodes on this machine\n  bin/gossip help cluster',
  )
}
