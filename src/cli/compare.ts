/** bin/gossip compare: strategies side by side, under the same luck. */
import { Command } from 'commander'
import type { Contender, Sweep } from '../experiment/plan.ts'
import { runExperiment } from './experiment.ts'
import { parseMix } from './mix.ts'
import { byFunction } from './parse.ts'
import { addSimulationOptions, givenBy, type SimulationOptions } from './simulation-options.ts'
import { parseSweep } from './sweep.ts'

interface CompareOptions extends SimulationOptions {
  readonly mix?: readonly Contender[]
  readonly sweep?: readonly Sweep[]
}

const command = new Command('compare')
  .description('Runs strategies side by side in the simulator, all under the same luck.')
  .argument('[name|file.ts...]', 'the strategies')
  .option(
    '--sweep <name=values>',
    'a setting (nodes, period, latency, loss, duplicate, crash, topology) or an option of the strategies that takes several values; repeatable, several multiply',
    parseSweep,
  )
  .option(
    '--mix <name:weight,...>',
    'one more contender, in which some nodes run this and some that; repeatable',
    (text: string, before: readonly Contender[] = []) => [...before, byFunction(parseMix)(text)],
  )

export const compareCommand = addSimulationOptions(command, 20)
  .addHelpText(
    'after',
    `
Examples:
  bin/gossip compare push pull push-pull rumor plumtree --nodes 1000 --runs 20
  bin/gossip compare infect-and-die --sweep fanout=1..6
  bin/gossip compare push push-pull --sweep loss=0,0.1,0.3 --sweep topology=grid,small-world:4,0.1,full
  bin/gossip compare push-sum rumor --rounds --sweep nodes=100,1000,10000 --sweep topology=line,grid,full
  bin/gossip compare push --mix push:50,silent:50`,
  )
  .action(runCompare)

async function runCompare(
  names: readonly string[],
  options: CompareOptions,
  command: Command,
): Promise<void> {
  const { mix = [], sweep = [], ...rest } = options
  const contenders = [...names.map((name) => [{ name, weight: 1 }]), ...mix]
  if (contenders.length === 0)
    throw new Error('names no strategy to compare; `bin/gossip strategies` lists them')
  await runExperiment({ ...rest, contenders, sweeps: sweep, isGiven: givenBy(command) })
}
