/** bin/gossip: one file a command. */
import { Command } from 'commander'
import { checkCommand } from './check.ts'
import { clusterCommand } from './cluster.ts'
import { compareCommand } from './compare.ts'
import { guard } from './guard.ts'
import { main } from './main.ts'
import { measureCommand } from './measure.ts'
import { nodeCommand } from './node.ts'
import { propagateCommand } from './propagate-command.ts'
import { simulateCommand } from './simulate.ts'
import { statusCommand } from './status.ts'
import { strategiesCommand } from './strategies.ts'
import { viewCommand } from './view.ts'

const program = new Command('gossip')
  .description('Build, run, test and compare gossip protocols.')
  .addCommand(nodeCommand)
  .addCommand(clusterCommand)
  .addCommand(propagateCommand)
  .addCommand(statusCommand)
  .addCommand(strategiesCommand)
  .addCommand(simulateCommand)
  .addCommand(compareCommand)
  .addCommand(checkCommand)
  .addCommand(measureCommand)
  .addCommand(viewCommand)
  .addHelpText(
    'after',
    '\nExample:\n  bin/gossip cluster            ten nodes on this machine\n  bin/gossip help cluster',
  )

guard(program)
await main(program)
