/** bin/gossip node: the daemon, the container's command. */
import { Command } from 'commander'
import type { Logger } from 'pino'
import { DEFAULT_PORT, type Endpoint, parseEndpointOr } from '../../daemon/address/address.ts'
import { parseSubnet, type Subnet } from '../../daemon/address/subnet.ts'
import type { Daemon } from '../../daemon/daemon.ts'
import { describeLimits, limitsWith } from '../../daemon/limits.ts'
import { jsonLog } from '../../daemon/log/json-log.ts'
import { DEFAULTS } from '../../daemon/settings.ts'
import { startDaemon } from '../../daemon/start-daemon.ts'
import { containerName } from '../container-name.ts'
import { endOnErrors } from '../end-on-errors.ts'
import { sayStuck } from '../end-when-stuck.ts'
import { addGossipOptions, type GossipOptions, membershipOf, protocolOf } from '../option/node-options.ts'
import { option } from '../option/option.ts'
import { byFunction, host, listenPort, listOf, port } from '../option/parse.ts'
import { transportOf } from '../option/tls-options.ts'

interface NodeOptions extends GossipOptions {
  readonly host: string
  readonly port: number
  readonly advertise?: Endpoint
  readonly join?: readonly Endpoint[]
  readonly subnet?: Subnet
  readonly scanPort: number
  readonly number: number
}

const endpoint = byFunction((text) => parseEndpointOr(text, DEFAULT_PORT))

export const nodeCommand = addGossipOptions(new Command('node'), 'info')
  .description('Starts one node.')
  .addOption(
    option('--host <address>', 'GOSSIP_HOST', 'address to listen on').argParser(host).default('127.0.0.1'),
  )
  .addOption(
    option('--port <port>', 'GOSSIP_PORT', 'port to listen on; 0: any')
      .argParser(listenPort)
      .default(DEFAULT_PORT),
  )
  .addOption(
    option(
      '--advertise <host[:port]>',
      'GOSSIP_ADVERTISE',
      'what it calls itself (default: where it listens)',
    ).argParser(byFunction((text) => parseEndpointOr(text, 0))),
  )
  .addOption(
    option(
      '--join <host[:port]>',
      'GOSSIP_JOIN',
      'a peer to start from, instead of the scan; repeatable',
    ).argParser(listOf(endpoint)),
  )
  .addOption(
    option(
      '--subnet <cidr>',
      'GOSSIP_SUBNET',
      "IPv4 network to scan, /16 or longer (default: the node's own /24)",
    ).argParser(byFunction(parseSubnet)),
  )
  .addOption(
    option('--scan-port <port>', 'GOSSIP_SCAN_PORT', 'port that the scan asks')
      .argParser(port)
      .default(DEFAULT_PORT),
  )
  .addOption(
    option('--number <number>', 'GOSSIP_NUMBER', 'the number it starts with, for aggregation protocols')
      .argParser(byFunction(number))
      .default(0),
  )
  .addHelpText('after', `\nLimits, each with its default:\n${describeLimits()}`)
  .addHelpText('after', '\nExample:\n  bin/gossip node --port 7001 --join 127.0.0.1:7000 --period 2s')
  .action(runNode)

async function runNode(options: NodeOptions): Promise<void> {
  const log = jsonLog(options.logLevel)
  let daemon: Daemon | undefined
  sayStuck((line) => log.fatal({ server: daemon?.address }, `ends: ${line}`))
  endOnSignals(log, () => daemon)
  endOnErrors(log, () => daemon?.address)
  const transport = await transportOf(options, log)
  if (transport !== undefined) process.on('SIGHUP', () => void transport.look())
  daemon = await startDaemon({
    protocol: await protocolOf(options),
    membership: await membershipOf(options),
    listen: { host: options.host, port: options.port },
    advertise: options.advertise,
    period: options.period,
    join: options.join ?? [],
    subnet: options.subnet,
    scanPort: options.scanPort,
    maxClockDrift: options.maxClockDrift,
    ttl: options.ttl,
    tombstones: options.tombstones,
    expiryPeriods: DEFAULTS.expiryPeriods,
    number: options.number,
    dataDir: options.dataDir,
    limits: limitsWith(options.limit ?? []),
    container: containerName(),
    learn: options.learn,
    log,
    transport,
  })
  // A cluster that gave it a process of its own waits for it.
  if (process.connected) process.send?.('listening')
}

/** In good order, in whatever state it is; a second signal ends it as it is. */
function endOnSignals(log: Logger, running: () => Daemon | undefined): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      const daemon = running()
      log.info({ server: daemon?.address }, `ends: ${signal}`)
      await daemon?.leave()
      process.exit(0)
    })
  }
}

function number(text: string): number {
  const it = Number(text)
  if (text.trim() === '' || !Number.isFinite(it)) throw new Error('must be a number')
  return it
}
