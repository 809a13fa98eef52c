/** Starts a daemon: everything that can be wrong at the start is found here, before anybody hears of the node. */
import { formatAddress } from './address/address.ts'
import { formatSubnet } from './address/subnet.ts'
import { realClock } from './clock.ts'
import { Daemon } from './daemon.ts'
import { firstHost, scannedSubnet } from './network-location.ts'
import type { DaemonLimits, DaemonSettings } from './settings.ts'
import { Store } from './storage/store.ts'
import { connectionLimits } from './transport/connection.ts'
import { ConnectionGate } from './transport/connection-gate.ts'
import { budgetOf, type DescriptorBudget, limitsWithin } from './transport/descriptors.ts'
import { Guests } from './transport/guests.ts'
import { MemoryBudget } from './transport/memory-budget.ts'
import { Server } from './transport/server.ts'

/** Starts a node. @throws {Error} one line, if it can't listen there, keep its values or scan its network */
export async function startDaemon(given: DaemonSettings): Promise<Daemon> {
  const files = given.files ?? budgetOf(1, given.limits)
  const limits = limitsWithin(given.limits, files)
  const settings = { ...given, limits }
  const host = firstHost(settings)
  const scanned = scannedSubnet(settings, host)
  let daemon: Daemon | undefined
  const gate = new ConnectionGate(limits, (it) => daemon?.isHostOfPeer(it) ?? false, files)
  const server = new Server(
    (line, connection) => daemon?.answer(line, connection),
    { ...connectionLimits(limits, limits.idle), firstLine: limits.firstLine },
    new Guests(gate, settings.clock ?? realClock),
    new MemoryBudget(limits.maxBuffered, limits.maxBuffered / limits.maxConnections),
    settings.transport,
    () => daemon?.isFull(),
    settings.clock,
  )
  const port = await server.listen(given.listen, (error) => daemon?.failed(error))
  const own = formatAddress({ host, port: given.advertise?.port || port })
  const log = settings.log.child({ server: own })
  const store = openStore(settings, server)
  const { name: strategy, options } = settings.protocol
  const membership = settings.membership.name
  const { period, join, dataDir } = settings
  log.info(
    { strategy, options, membership, period, join, scan: scanned && formatSubnet(scanned) },
    `listening as ${own}`,
  )
  log.info({ dataDir }, keeping(dataDir, store))
  const bounds = boundsOf(given.limits, limits, files)
  if (bounds !== undefined) log.info(...bounds)
  daemon = new Daemon(own, settings, server, scanned, store)
  daemon.start()
  return daemon

  /** Where it keeps its values; undefined for in memory. @throws {Error} one line; it doesn't listen any more then */
  function openStore({ dataDir }: DaemonSettings, server: Server): Store | undefined {
    if (dataDir === undefined) return undefined
    try {
      return Store.open(dataDir, log, settings.disk, settings.limits)
    } catch (error) {
      server.close('abruptly')
      throw error
    }
  }
}

function keeping(dataDir: string | undefined, store: Store | undefined): string {
  if (store === undefined)
    return 'keeps its values in memory only: without a data folder they are lost when the node ends'
  return `keeps its values in ${dataDir}: ${store.kept.length === 0 ? 'none yet' : `${store.kept.length} there`}`
}

/** What to say where this process may open too few files for the limits that were asked for. */
function boundsOf(
  asked: DaemonLimits,
  { maxConnections, maxLinks }: DaemonLimits,
  { common }: DescriptorBudget,
): [object, string] | undefined {
  if (common.left > 0 || maxConnections >= asked.maxConnections) return undefined
  const text = `takes ${maxConnections} connections at most, not ${asked.maxConnections}, and opens ${maxLinks}: this process may open no more files (ulimit -n)`
  return [{ maxConnections, maxLinks }, text]
}
