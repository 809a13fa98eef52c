/** Options that `simulate` and `compare` share. */
import { availableParallelism } from 'node:os'
import { type Command, Option } from 'commander'
import { type Expectation, parseExpectations } from '../../experiment/expect.ts'
import type { AskedSettings, Sweep } from '../../experiment/plan.ts'
import { MAX_NODES, OF_A_CLOCK, RUN_DEFAULTS } from '../../experiment/settings.ts'
import { loadTopology } from '../../loader/topology.ts'
import type { Latency } from '../../network/latency.ts'
import type { Topology } from '../../network/topology/topology.ts'
import { MAX_PERIODS } from '../../simulation/settings.ts'
import {
  byFunction,
  integer,
  latency,
  listOf,
  period,
  probability,
  setting,
  timestamp,
  until,
} from './parse.ts'
import { parseShard, type Shard } from './shard.ts'

export interface SimulationOptions {
  readonly set?: readonly (readonly [string, unknown])[]
  readonly nodes: number
  readonly runs: number
  readonly seed: number
  readonly period: number
  readonly latency: Latency
  readonly loss: number
  readonly duplicate: number
  readonly crash: number
  readonly topology: Topology
  readonly scenario?: string
  readonly until?: { readonly amount: number; readonly isDuration: boolean }
  readonly rounds?: true
  readonly workers: number
  readonly shard?: Shard
  readonly resume?: string
  readonly expect?: readonly Expectation[]
  readonly watch?: true
  readonly charts?: true
  readonly json?: true
}

const TOPOLOGIES =
  'whom a node can pick: full (everyone), real (its own gossiped table), line, ring, grid, torus, grid3d, imperfect-grid, imperfect-grid3d, k-out:K, tree:K, small-world:K,P, scale-free:M, or a file of edges'

/** @param runs how many, where nothing else is asked for */
export function addSimulationOptions(command: Command, runs: number): Command {
  const { period: everyPeriod, latency: usual } = RUN_DEFAULTS
  return command
    .option('--set <key=value>', "an option of the strategies'; repeatable", listOf(setting))
    .option(
      '-n, --nodes <count>',
      'how many nodes, where no file of edges has its own',
      integer(1, MAX_NODES),
      RUN_DEFAULTS.nodes,
    )
    .option('--runs <count>', 'how many runs, each with its own luck', integer(1, 10_000_000), runs)
    .option('--seed <number>', 'of all randomness', timestamp, 1)
    .addOption(
      new Option('--period <duration>', 'between two rounds of gossip')
        .argParser(period)
        .default(everyPeriod, `${everyPeriod / 1000}s`),
    )
    .addOption(
      new Option('--latency <ms|A..B|lognormal:MEDIAN,SIGMA>', 'how long a message is under way, in ms')
        .argParser(latency)
        .default(usual, `${usual.from}..${usual.to}`),
    )
    .option('--loss <p>', 'probability that a message is lost', probability, 0)
    .option('--duplicate <p>', 'probability that a message comes twice', probability, 0)
    .option('--crash <p>', 'probability that a node has crashed before the value comes', probability, 0)
    .addOption(
      new Option('--topology <name|file>', TOPOLOGIES)
        .argParser(byFunction(loadTopology))
        .default(RUN_DEFAULTS.topology, 'full'),
    )
    .option('--scenario <name|file.json>', 'what is done to the cluster, and when')
    .option(
      '--until <time>',
      `end at the latest after this time, a number of rounds with --rounds (default: ${MAX_PERIODS} periods)`,
      until,
    )
    .option('--rounds', "the papers' synchronous rounds instead of a clock and latencies")
    .addOption(
      new Option('--workers <count>', 'threads')
        .argParser(integer(1, 256))
        .default(availableParallelism(), 'one a core'),
    )
    .option(
      '--shard <i/n>',
      'do the i-th of n parts of the runs; the outputs in a row are the whole',
      parseShard,
    )
    .option('--resume <file>', 'go on from the results in this file, and add to it')
    .option(
      '--expect <bounds>',
      'bounds that every run must keep, or the median or mean of all: "residue<=0.01 median.tLast<=600"; else exit 1',
      byFunction(parseExpectations),
    )
    .option('--watch', 'run again whenever a strategy file is saved, and say what changed')
    .option('--charts', 'draw the charts of a terminal also into a file or a pipe, without colours')
    .option('--json', 'print one JSON object a run')
}

/** Tells which options were given, and whose value is the default. */
export function givenBy(command: Command): (name: string) => boolean {
  return (name) => command.getOptionValueSource(name) === 'cli'
}

/**
 * @param isGiven was that option given, or is its value the default?
 * @throws {Error} one line, if they can't go together
 */
export function runSettingsOf(
  options: SimulationOptions,
  sweeps: readonly Sweep[],
  isGiven: (name: string) => boolean,
): AskedSettings {
  const nodes = isGiven('nodes') ? options.nodes : undefined
  const { period, latency, loss, duplicate, crash, topology, rounds = false, until } = options
  const twice = sweeps.find(({ name }) => isGiven(name))
  if (twice !== undefined) throw new Error(`--${twice.name} and --sweep ${twice.name}=...: give one of them`)
  const idle = rounds ? OF_A_CLOCK.find(isGiven) : undefined
  if (idle !== undefined) throw new Error(`--rounds has no ${idle}: leave --${idle} out, or --rounds`)
  if (rounds && until?.isDuration) throw new Error('--until is a number of rounds with --rounds, such as 50')
  return { nodes, period, latency, loss, duplicate, crash, topology, rounds, until: until?.amount }
}
