/** Options that `simulate` and `compare` share. */
import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { type Expectation, parseExpectations } from '../experiment/expect.ts'
import { MAX_NODES, RUN_DEFAULTS, type RunSettings } from '../experiment/settings.ts'
import { loadTopology } from '../loader/topology.ts'
import type { Latency } from '../network/latency.ts'
import type { Topology } from '../network/topology/topology.ts'
import { MAX_PERIODS } from '../simulation/settings.ts'
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
  readonly json?: true
}

const TOPOLOGIES =
  'whom a node can pick: full (everyone), real (its own gossiped table), line, ring, grid, torus, grid3d, imperfect-grid, imperfect-grid3d, k-out:K, tree:K, small-world:K,P, scale-free:M, or a file of edges'

/** @param runs how many, where nothing else is asked for */
export function addSimulationOptions(command: Command, runs: number): Command {
  const { period: everyPeriod, latency: usual } = RUN_DEFAULTS
  return command
    .option('--set <key=value>', "an option of the strategies'; repeatable", listOf(setting))
    .option('--nodes <count>', 'how many nodes', integer(1, MAX_NODES), RUN_DEFAULTS.nodes)
    .option('--runs <count>', 'how many runs, each with its own luck', integer(1, 10_000_000), runs)
    .option('--seed <number>', 'of all randomness', timestamp, 1)
    .option('--period <duration>', 'between two rounds of gossip', period, everyPeriod)
    .option(
      '--latency <ms|A..B|lognormal:MEDIAN,SIGMA>',
      'how long a message is under way, in ms',
      latency,
      usual,
    )
    .option('--loss <p>', 'probability that a message is lost', probability, 0)
    .option('--duplicate <p>', 'probability that a message comes twice', probability, 0)
    .option('--crash <p>', 'probability that a node has crashed before the value comes', probability, 0)
    .option('--topology <name|file>', TOPOLOGIES, byFunction(loadTopology), RUN_DEFAULTS.topology)
    .option('--scenario <name|file.json>', 'what is done to the cluster, and when')
    .option(
      '--until <time>',
      `end at the latest after this time, a number of rounds with --rounds (default: ${MAX_PERIODS} periods)`,
      until,
    )
    .option('--rounds', "the papers' synchronous rounds instead of a clock and latencies")
    .option('--workers <count>', 'threads (default: one a core)', integer(1, 256), availableParallelism())
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
    .option('--json', 'print one JSON object a run')
}

/** @throws {Error} one line, if they can't go together */
export function runSettingsOf(options: SimulationOptions): RunSettings {
  const { nodes, period, latency, loss, duplicate, crash, topology, rounds = false, until } = options
  if (rounds && until?.isDuration) throw new Error('--until is a number of rounds with --rounds, such as 50')
  return { nodes, period, latency, loss, duplicate, crash, topology, rounds, until: until?.amount }
}
