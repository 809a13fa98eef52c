/** bin/gossip simulate: runs a strategy in the deterministic simulator. */
import { Command } from 'commander'
import type { Contender } from '../../experiment/plan.ts'
import { namesIn } from '../../files/name-list.ts'
import { parseMix } from '../option/mix.ts'
import { byFunction, integer } from '../option/parse.ts'
import { addSimulationOptions, givenBy, type SimulationOptions } from '../option/simulation-options.ts'
import { runExperiment } from '../run-experiment.ts'

interface SimulateOptions extends SimulationOptions {
  readonly strategy?: readonly string[]
  readonly mix?: Contender
  readonly trace?: string
  readonly traceRun?: number
}

const command = new Command('simulate')
  .description('Runs a strategy in the simulator: same seed, same result.')
  .option(
    '--strategy <name|file.ts>',
    'the protocol; several, divided by commas, are run side by side',
    (text: string, before: readonly string[] = []) => [
      ...before,
      ...namesIn(text, /[\s,]+/, '.ts').filter(Boolean),
    ],
  )
  .option(
    '--mix <name:weight,...>',
    'some nodes run this, some that: push:50,silent:50',
    byFunction(parseMix),
  )

export const simulateCommand = addSimulationOptions(command, 1)
  .option(
    '--trace <file>',
    'write every event to a file, one JSON object a line; of several runs each says which (strategy, run)',
  )
  .option(
    '--trace-run <number>',
    'with --trace: only the run of that number, of each strategy; the first is 0',
    integer(0, 9_999_999),
  )
  .addHelpText(
    'after',
    `
Examples:
  bin/gossip simulate --strategy push --nodes 1000 --runs 20 --set fanout=2
  bin/gossip simulate --strategy push-sum --topology imperfect-grid --nodes 100000 --rounds
  bin/gossip simulate --strategy rumor --rounds --runs 100 --trace-run 7 --trace run-7.jsonl
  bin/gossip simulate --strategy push --nodes 20 --scenario loss-30-percent --expect 'residue<=0'`,
  )
  // Answered with a hint instead.
  .allowExcessArguments()
  .action(runSimulate)

async function runSimulate(
  { strategy = [], mix, ...options }: SimulateOptions,
  command: Command,
): Promise<void> {
  const [surplus] = command.args
  if (surplus !== undefined)
    throw new Error(`simulate takes no arguments; a strategy is an option: --strategy ${surplus}`)
  const contenders = strategy.map((name) => [{ name, weight: 1 }])
  if (contenders.length + (mix === undefined ? 0 : 1) === 0)
    throw new Error("required option '--strategy <name|file.ts>' (or --mix) not specified")
  await runExperiment({
    ...options,
    contenders: mix === undefined ? contenders : [...contenders, mix],
    sweeps: [],
    isGiven: givenBy(command),
  })
}
