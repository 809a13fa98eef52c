/** Starts the nodes of `cluster`, in this process or each in its own. */
import { join } from 'node:path'
import { pino } from 'pino'
import pretty from 'pino-pretty'
import { Cluster } from '../daemon/cluster.ts'
import { DEFAULTS } from '../daemon/settings.ts'
import { deal, nameOfPopulation, type Population } from '../gossip/population.ts'
import { loadPopulation, optionsOf, type Part } from '../loader/members.ts'
import type { GossipEvent } from '../measure/event.ts'
import { graphOf } from '../network/topology/build.ts'
import type { Topology } from '../network/topology/topology.ts'
import { type GossipOptions, jsonLog } from './node-options.ts'
import type { PageOptions } from './page.ts'
import { tlsFlags, transportOf } from './tls-options.ts'

export interface ClusterOptions extends GossipOptions, PageOptions {
  readonly nodes: number
  readonly basePort: number
  readonly mix?: readonly Part[]
  readonly topology?: Topology
  readonly watch?: true
  readonly processes?: true
  readonly scenario?: string
  readonly until?: number
  readonly json?: true
}

export function partsOf({ strategy, mix }: ClusterOptions): readonly Part[] {
  return mix ?? [{ name: strategy, weight: 1 }]
}

export function populationOf(options: ClusterOptions): Promise<Population> {
  return loadPopulation(partsOf(options), Object.fromEntries(options.set ?? []))
}

export async function startCluster(
  options: ClusterOptions,
  population: Population,
  listener: (event: GossipEvent) => void,
  absent?: ReadonlySet<number>,
): Promise<Cluster> {
  const { nodes, basePort, period, maxClockDrift, dataDir, logLevel, topology } = options
  const log = jsonLog(logLevel, logTo())
  return Cluster.start({
    population,
    nodes,
    graph: topology && graphOf(topology, nodes, Math.random),
    absent,
    basePort,
    period,
    scanPort: basePort,
    maxClockDrift,
    dataDir,
    expiryPeriods: DEFAULTS.expiryPeriods,
    limits: DEFAULTS.limits,
    log,
    listener,
    transport: await transportOf(options, log),
  })
}

/** What each node's process is started with: its own strategy, and what it has of the options. */
export function flagsOf(options: ClusterOptions, population: Population): (node: number) => string[] {
  const { set = [], period, maxClockDrift, nodes, basePort, dataDir } = options
  const dealt = deal(population, nodes, Math.random)
  const times = ['--period', String(period), '--max-clock-drift', String(maxClockDrift)]
  const common = [...times, ...tlsFlags(options)]
  const flags = partsOf(options).map(({ name }, i) => {
    const its = Object.entries(optionsOf(population[i]!.protocol, Object.fromEntries(set)))
    return ['--strategy', name, ...its.flatMap(([key, value]) => ['--set', `${key}=${value}`]), ...common]
  })
  const keeps = (node: number) =>
    dataDir === undefined ? [] : ['--data-dir', join(dataDir, String(basePort + node))]
  return (node) => [...flags[dealt[node]!]!, ...keeps(node)]
}

export function described({ nodes, basePort, period }: ClusterOptions, population: Population): string {
  const ports = nodes > 1 ? `${basePort}-${basePort + nodes - 1}` : basePort
  return `${nodes} nodes run ${nameOfPopulation(population)} on 127.0.0.1:${ports}, period ${period} ms`
}

/** The nodes' logs go to stderr: JSON, or readable at a terminal. */
function logTo() {
  return process.stderr.isTTY ? pretty({ destination: 2, sync: true }) : pino.destination(2)
}
