/** bin/gossip: one file a command. */
import { Command } from 'commander'
import { checkCommand } from './command/check.ts'
import { clusterCommand } from './command/cluster.ts'
import { compareCommand } from './command/compare.ts'
import { measureCommand } from './command/measure.ts'
import { nodeCommand } from './command/node.ts'
import { propagateCommand } from './command/propagate.ts'
import { simulateCommand } from './command/simulate.ts'
import { statusCommand } from './command/status.ts'
import { strategiesCommand } from './command/strategies.ts'
import { viewCommand } from './command/view.ts'
import { guard } from './end-when-stuck.ts'
import { main } from './main.ts'

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
