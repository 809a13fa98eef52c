/** bin/gossip cluster: nodes on this machine, without Docker. */
import { setTimeout } from 'node:timers/promises'
import { Command } from 'commander'
import { pino } from 'pino'
import pretty from 'pino-pretty'
import { DEFAULT_PORT } from '../daemon/address.ts'
import { Cluster } from '../daemon/cluster.ts'
import { DEFAULTS } from '../daemon/settings.ts'
import type { GossipEvent } from '../measure/event.ts'
import { SpreadWatch } from '../measure/spread.ts'
import { type ClusterControl, type ControlledNode, controlOf } from './cluster-control.ts'
import { listenForKeys } from './cluster-keys.ts'
import { startProcesses } from './cluster-processes.ts'
import { addGossipOptions, type GossipOptions, jsonLog, option, protocolOf } from './node-options.ts'
import { integer, port } from './parse.ts'

interface ClusterOptions extends GossipOptions {
  readonly nodes: number
  readonly basePort: number
  readonly processes?: true
}

/** How often, in ms, it looks whether all know each other. */
const LOOK_MS = 100
/** After how many ms it says how far a value has come that has not reached everyone. */
const PATIENCE_MS = 1000

export const clusterCommand = addGossipOptions(new Command('cluster'), 'warn')
  .description('Starts nodes on this machine, on 127.0.0.1.')
  .addOption(
    option('-n, --nodes <count>', 'GOSSIP_NODES', 'how many').argParser(integer(1, 2000)).default(10),
  )
  .addOption(
    option('--base-port <port>', 'GOSSIP_BASE_PORT', 'port of the first')
      .argParser(port)
      .default(DEFAULT_PORT),
  )
  .option('--processes', 'give each node a process of its own')
  .addHelpText('after', '\nExample:\n  bin/gossip cluster -n 20 --strategy push --set fanout=2 --period 2s')
  .action(runCluster)

async function runCluster(options: ClusterOptions): Promise<void> {
  const { nodes, basePort, period } = options
  const last = basePort + nodes - 1
  if (last > 65535) throw new Error(`no ports for ${nodes} nodes from ${basePort} on (65535 is the last)`)
  const beganAt = performance.now()
  let cluster: ClusterControl | undefined
  const running = () => cluster?.nodes.filter((it) => it.state === 'runs') ?? []
  const spread = new SpreadWatch(() => running().map((it) => it.address))
  cluster = await start(options, (event) => follow(event, spread, () => running()[0]))
  const ports = nodes > 1 ? `${basePort}-${last}` : basePort
  say(`${nodes} nodes run ${options.strategy} on 127.0.0.1:${ports}, period ${period} ms`)

  const end = (): void => {
    cluster.stop()
    say('all nodes ended')
    process.exit(0)
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  if (process.stdin.isTTY) listenForKeys(cluster, say, end)

  while (!(await cluster.isComplete().catch(() => false))) await setTimeout(LOOK_MS)
  say(`all ${nodes} know each other, after ${((performance.now() - beganAt) / 1000).toFixed(1)} s`)
  say(`propagate a value, from another terminal: ./bin/propagate -p ${last} --value asdf`)
}

async function start(
  options: ClusterOptions,
  listener: (event: GossipEvent) => void,
): Promise<ClusterControl> {
  const { nodes, basePort, period, maxClockDrift, logLevel } = options
  const protocol = await protocolOf(options)
  if (options.processes) return startProcesses(nodes, basePort, nodeFlags(options), listener)
  const cluster = await Cluster.start({
    protocol,
    nodes,
    basePort,
    period,
    scanPort: basePort,
    maxClockDrift,
    expiryPeriods: DEFAULTS.expiryPeriods,
    limits: DEFAULTS.limits,
    log: jsonLog(logLevel, logTo()),
    listener,
  })
  return controlOf(cluster)
}

function nodeFlags({ strategy, set = [], period, maxClockDrift }: ClusterOptions): string[] {
  const flags = [
    '--strategy',
    strategy,
    '--period',
    String(period),
    '--max-clock-drift',
    String(maxClockDrift),
  ]
  return [...flags, ...set.flatMap(([name, value]) => ['--set', `${name}=${value}`])]
}

/** A line when a value has reached everyone, or how far it has come after a while. */
async function follow(
  event: GossipEvent,
  spread: SpreadWatch,
  any: () => ControlledNode | undefined,
): Promise<void> {
  const { event: what, peer, timestamp } = event
  const done = spread.see(event)
  if (done !== undefined) {
    const value = await nameOf(done.timestamp, any())
    say(
      `${value} reached all ${done.nodes} nodes in ${done.took.toFixed(1)} ms, over ${done.hops} hops at most`,
    )
  } else if (what === 'updated' && peer === undefined && timestamp !== undefined) {
    await setTimeout(PATIENCE_MS)
    const reached = spread.reached(timestamp)
    if (reached === undefined) return
    say(`${await nameOf(timestamp, any())} has reached ${reached} nodes so far; the next period may go on`)
  }
}

/** The value of that timestamp, as long as a node holds it. */
async function nameOf(timestamp: number, node: ControlledNode | undefined): Promise<string> {
  const held = await node?.status().catch(() => undefined)
  if (held?.timestamp !== timestamp || held.value === null) return `the value of ${timestamp}`
  return JSON.stringify(held.value.length > 60 ? `${held.value.slice(0, 59)}…` : held.value)
}

/** The nodes' logs go to stderr: JSON, or readable at a terminal. */
function logTo() {
  return process.stderr.isTTY ? pretty({ destination: 2, sync: true }) : pino.destination(2)
}

function say(line: string): void {
  console.log(line)
}
