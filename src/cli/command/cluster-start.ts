/** Starts the nodes of `cluster`, in this process or each in its own. */
import { join } from 'node:path'
import type { DestinationStream, Logger, LoggerOptions } from 'pino'
import { Cluster } from '../../cluster/cluster.ts'
import { LocalCluster } from '../../cluster/local-cluster.ts'
import { Processes } from '../../cluster/processes.ts'
import type { RunningCluster } from '../../cluster/running-cluster.ts'
import { limitsWith } from '../../daemon/limits.ts'
import { jsonLog, linesTo } from '../../daemon/log/json-log.ts'
import { DEFAULTS } from '../../daemon/settings.ts'
import type { Expectation } from '../../experiment/expect.ts'
import { deal, nameOfPopulation, type Population } from '../../gossip/population.ts'
import { DEFAULT_MEMBERSHIP } from '../../loader/load.ts'
import { loadPopulation, optionsOf, type StrategyRef } from '../../loader/population.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { graphOf } from '../../network/topology/build.ts'
import type { Topology } from '../../network/topology/topology.ts'
import { describe } from '../../parse/system-errors.ts'
import { printableOnceRead, through } from '../../text/printable.ts'
import { fail } from '../main.ts'
import type { CostOptions } from '../option/cost-options.ts'
import type { LoadOptions } from '../option/load-options.ts'
import { type GossipOptions, membershipOf } from '../option/node-options.ts'
import type { PageOptions } from '../option/page.ts'
import { tlsFlags, transportOf } from '../option/tls-options.ts'
import { complain } from '../output/terminal.ts'
import { TraceFile } from '../output/trace-file.ts'

/** Ms after which events are in their file, or come out of a pipe. */
const TRACE_MS = 200

export interface ClusterOptions extends GossipOptions, PageOptions, CostOptions, LoadOptions {
  readonly nodes: number
  readonly basePort: number
  readonly mix?: readonly StrategyRef[]
  readonly topology?: Topology
  readonly watch?: true
  readonly processes?: true
  readonly scenario?: string
  readonly trace?: string
  readonly until?: number
  readonly expect?: readonly Expectation[]
  readonly json?: true
}

export function partsOf({ strategy, mix }: ClusterOptions): readonly StrategyRef[] {
  return mix ?? [{ name: strategy, weight: 1 }]
}

export function populationOf(options: ClusterOptions): Promise<Population> {
  return loadPopulation(partsOf(options), Object.fromEntries(options.set ?? []))
}

/**
 * @param absent nodes that are not there at first
 * @throws {Error} one line, if a node can't start
 */
export async function startCluster(
  options: ClusterOptions,
  population: Population,
  log: Logger,
  listener: (event: GossipEvent) => void,
  absent?: ReadonlySet<number>,
): Promise<RunningCluster> {
  const { nodes, basePort, period, maxClockDrift, ttl, tombstones, dataDir, topology } = options
  const { bandwidth, regions, processing } = options
  const membership = await membershipOf(options)
  const transport = await transportOf(options, log)
  if (options.processes) {
    const flags = flagsOf(options, population)
    const isPartial = membership.membership.partial === true
    return Processes.start({
      nodes,
      isPartial,
      basePort,
      absent,
      flagsOf: flags,
      listener,
      transport,
      complain,
    })
  }
  const trace = options.trace === undefined ? undefined : traceTo(options.trace)
  const cluster = await Cluster.start({
    population,
    membership,
    ...{ nodes, bandwidth, regions, processing },
    graph: topology && graphOf(topology, nodes, Math.random),
    absent,
    basePort,
    period,
    scanPort: basePort,
    maxClockDrift,
    ttl,
    tombstones,
    dataDir,
    expiryPeriods: DEFAULTS.expiryPeriods,
    limits: limitsWith(options.limit ?? []),
    learn: options.learn,
    log,
    listener: trace === undefined ? listener : both(trace, listener),
    transport,
  })
  return new LocalCluster(cluster)
}

/** Every event goes there until the process ends, which it does where no more can be written. @throws if none can be */
function traceTo(path: string): (event: GossipEvent) => void {
  const file = new TraceFile(path)
  let isFull = false
  const unlessFull = (act: () => void): void => {
    if (isFull) return
    try {
      act()
    } catch (error) {
      isFull = true
      ;(error as NodeJS.ErrnoException).path ??= path
      fail(describe(error))
    }
  }
  process.once('exit', () => unlessFull(() => file.close()))
  setInterval(() => unlessFull(() => file.flush()), TRACE_MS).unref()
  return (event) => unlessFull(() => file.write(event))
}

function both<T>(first: (it: T) => void, second: (it: T) => void): (it: T) => void {
  return (it) => {
    first(it)
    second(it)
  }
}

/** What each node's process is started with: its own strategy, and what it has of the options. */
function flagsOf(options: ClusterOptions, population: Population): (node: number) => string[] {
  const {
    set = [],
    membership,
    setMembership = [],
    period,
    maxClockDrift,
    ttl,
    tombstones,
    nodes,
    basePort,
    dataDir,
    limit = [],
    learn = [],
  } = options
  const dealt = deal(population, nodes, Math.random)
  const times = ['--period', String(period), '--max-clock-drift', String(maxClockDrift)]
  times.push('--tombstones', String(tombstones), ...(ttl === undefined ? [] : ['--ttl', String(ttl)]))
  const bounds = limit.flatMap(([name, value]) => ['--limit', `${name}=${value}`])
  const learns = learn.flatMap((kind) => ['--learn', kind])
  const its = setMembership.flatMap(([name, value]) => ['--set-membership', `${name}=${value}`])
  const common = [
    ...['--membership', membership, ...its],
    ...times,
    ...bounds,
    ...learns,
    ...tlsFlags(options),
    '--log-level',
    options.logLevel,
  ]
  const flags = partsOf(options).map(({ name }, i) => {
    const its = Object.entries(optionsOf(population[i]!.protocol, Object.fromEntries(set)))
    return ['--strategy', name, ...its.flatMap(([key, value]) => ['--set', `${key}=${value}`]), ...common]
  })
  const keeps = (node: number) =>
    dataDir === undefined ? [] : ['--data-dir', join(dataDir, String(basePort + node))]
  return (node) => [...flags[dealt[node]!]!, ...keeps(node)]
}

export function described(
  { nodes, basePort, period, membership }: ClusterOptions,
  population: Population,
): string {
  const ports = nodes > 1 ? `${basePort}-${basePort + nodes - 1}` : basePort
  const on = membership === DEFAULT_MEMBERSHIP ? '' : ` with ${membership}`
  return `${nodes} nodes run ${nameOfPopulation(population)}${on} on 127.0.0.1:${ports}, period ${period} ms`
}

/** Different faults of strategies that are told. */
const MOST_FAULTS = 100

/** What fails on one node fails on all of them, in each period: it is told once. */
function faultsOnce(): NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']> {
  const told = new Set<string>()
  return function logOnce(words, log) {
    const [what, message] = words as unknown[]
    if (typeof what === 'object' && what !== null && 'handler' in what) {
      const fault = String(message)
      if (told.has(fault) || told.size === MOST_FAULTS) return
      told.add(fault)
    }
    log.apply(this, words)
  }
}

/** The nodes' logs go to stderr: JSON, or readable at a terminal. */
export async function logOf({ logLevel }: ClusterOptions): Promise<Logger> {
  return jsonLog(logLevel, process.stderr.isTTY ? await readable() : linesTo(2), faultsOnce())
}

async function readable(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty')
  return through(printableOnceRead, pretty({ destination: 2, sync: true }))
}
