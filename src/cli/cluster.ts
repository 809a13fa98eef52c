/** bin/gossip cluster: nodes on this machine, without Docker. */
import { Command } from 'commander'
import { pino } from 'pino'
import pretty from 'pino-pretty'
import { DEFAULT_PORT } from '../daemon/address.ts'
import { Cluster } from '../daemon/cluster.ts'
import { DEFAULTS } from '../daemon/settings.ts'
import { SpreadWatch } from '../measure/spread.ts'
import { listenForKeys } from './cluster-keys.ts'
import { addGossipOptions, type GossipOptions, option, protocolOf } from './node-options.ts'
import { integer, port } from './parse.ts'

interface ClusterOptions extends GossipOptions {
  readonly nodes: number
  readonly basePort: number
}

/** How often, in ms, it looks whether all know each other. */
const LOOK_MS = 50

export const clusterCommand = addGossipOptions(new Command('cluster'), 'warn')
  .description('Starts nodes on this machine, on 127.0.0.1, all in one process.')
  .addOption(
    option('-n, --nodes <count>', 'GOSSIP_NODES', 'how many').argParser(integer(1, 2000)).default(10),
  )
  .addOption(
    option('--base-port <port>', 'GOSSIP_BASE_PORT', 'port of the first')
      .argParser(port)
      .default(DEFAULT_PORT),
  )
  .addHelpText('after', '\nExample:\n  bin/gossip cluster -n 20 --strategy push --set fanout=2 --period 2s')
  .action(runCluster)

async function runCluster(options: ClusterOptions): Promise<void> {
  const { nodes, basePort, period } = options
  if (basePort + nodes - 1 > 65535)
    throw new Error(`no ports for ${nodes} nodes from ${basePort} on (65535 is the last)`)
  const protocol = await protocolOf(options)
  const beganAt = performance.now()
  const spread = new SpreadWatch(() => cluster?.live.map((it) => it.address) ?? [])
  let cluster: Cluster | undefined
  cluster = await Cluster.start({
    protocol,
    nodes,
    basePort,
    period,
    scanPort: basePort,
    maxClockDrift: options.maxClockDrift,
    expiryPeriods: DEFAULTS.expiryPeriods,
    limits: DEFAULTS.limits,
    log: pino({ level: options.logLevel, base: null }, logTo()),
    listener: (event) => {
      const done = spread.see(event)
      if (done === undefined) return
      const held = cluster?.live[0]?.status().value ?? ''
      say(
        `${quote(held)} reached all ${done.nodes} nodes in ${done.took.toFixed(1)} ms, over ${done.hops} hops at most`,
      )
    },
  })
  const last = basePort + nodes - 1
  say(
    `${nodes} nodes run ${protocol.name} on 127.0.0.1:${basePort}${nodes > 1 ? `-${last}` : ''}, period ${period} ms`,
  )
  const looking = setInterval(() => {
    if (!cluster.isComplete) return
    clearInterval(looking)
    say(`all ${nodes} know each other, after ${((performance.now() - beganAt) / 1000).toFixed(1)} s`)
    say(`propagate a value, from another terminal: ./bin/propagate -p ${last} --value asdf`)
  }, LOOK_MS)

  const end = (): void => {
    clearInterval(looking)
    cluster.stop()
    say('all nodes ended')
    process.exit(0)
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  if (process.stdin.isTTY) listenForKeys(cluster, say, end)
}

/** The nodes' logs go to stderr: JSON, or readable at a terminal. */
function logTo() {
  return process.stderr.isTTY
    ? pretty({ destination: 2, sync: true, ignore: 'pid,hostname' })
    : pino.destination(2)
}

function say(line: string): void {
  console.log(line)
}

export function quote(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value)
}
