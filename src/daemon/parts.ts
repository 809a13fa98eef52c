/** What a daemon is made of, put together: each part knows only those that it needs. */
import { type Host, newMemory } from '../gossip/host.ts'
import { GossipNode } from '../gossip/node.ts'
import type { Address } from '../gossip/strategy.ts'
import { MetView } from '../gossip/view/met.ts'
import { RestrictedView } from '../gossip/view/restricted.ts'
import { PeerTable } from '../gossip/view/table.ts'
import { endpointOf } from './address/address.ts'
import type { Subnet } from './address/subnet.ts'
import { realClock, slowed } from './clock.ts'
import { DeduplicatedLog } from './deduplicated-log.ts'
import { AddressFilter } from './discovery/address-filter.ts'
import { DialLimiter } from './discovery/dial-limiter.ts'
import { Discovery } from './discovery/discovery.ts'
import { JOIN_GRACE_MS } from './discovery/join-report.ts'
import { Scan } from './discovery/subnet-scan.ts'
import { Verifier } from './discovery/verifier.ts'
import { discoveryWorld } from './discovery/world.ts'
import { EventBus } from './event-bus.ts'
import { Identity } from './identity.ts'
import { learntAt } from './network-location.ts'
import { DaemonObserver } from './observer.ts'
import { Outbox } from './outbox.ts'
import { PeerExchange } from './peer-exchange.ts'
import { Requests } from './requests.ts'
import { SelfCheck } from './self-check.ts'
import { type DaemonSettings, nodeSettings } from './settings.ts'
import { TimerLimit } from './timer-limit.ts'
import { Timers } from './timers.ts'
import { RoundTrips } from './transport/round-trips.ts'
import { plain } from './transport/transport.ts'
import { parseLine, type Request, type Status } from './wire.ts'

/** What the parts ask of the daemon itself. */
export interface DaemonDuties {
  readonly host: Host
  hasEnded(): boolean
  /** Something failed that passes. */
  failed(error: Error): void
  status(): Status
  whyNotStored(): string | undefined
}

export interface DaemonParts {
  readonly identity: Identity
  readonly events: EventBus
  readonly observer: DaemonObserver
  readonly warnings: DeduplicatedLog
  readonly timers: Timers
  readonly timerLimit: TimerLimit
  readonly dialLimiter: DialLimiter
  readonly addressFilter: AddressFilter
  readonly outbox: Outbox
  readonly roundTrips: RoundTrips
  readonly table: PeerTable
  readonly node: GossipNode
  readonly selfCheck: SelfCheck
  readonly exchange: PeerExchange
  readonly requests: Requests
  readonly discovery: Discovery
}

/** Peers named in one line of the log. */
const MAX_LOGGED_PEERS = 32

/** @param scanned the network to scan, if any */
export function assemble(
  own: Address,
  settings: DaemonSettings,
  scanned: Subnet | undefined,
  duties: DaemonDuties,
): DaemonParts {
  const { limits, period, protocol, mayPick, listener } = settings
  const { host } = duties
  const now = () => host.now()
  const identity = new Identity(own, settings.log)
  const warnings = new DeduplicatedLog(() => identity.log)
  const { slowness } = settings
  const clock = slowness ? slowed(settings.clock ?? realClock, slowness) : settings.clock
  const timers = new Timers(clock)
  const timerLimit = new TimerLimit(
    limits.maxTimers,
    (ms, act) => timers.schedule(ms, act),
    () => identity.log.warn(`drops delays of the strategy's: ${limits.maxTimers} wait, no more may`),
  )
  const events = new EventBus(() => String(identity.address), settings.clock ?? realClock)
  if (listener !== undefined) events.listen(listener)

  const dialLimiter = new DialLimiter(limits, now)
  const table = new PeerTable(
    own,
    { ...limits, expiry: settings.expiryPeriods * period },
    host.clock(),
    (peer, to) => dialLimiter.evictionPriority(peer, to),
  )
  const addressFilter = new AddressFilter(learntAt(settings, endpointOf(own).host), limits, (it) =>
    dialLimiter.isBarred(it),
  )
  const verifier = new Verifier(
    {
      ...{ table, now, random: () => host.random() },
      schedule: (ms, act) => timers.schedule(ms, act),
      ask: (peer) => exchange.sayHi(peer),
      reached: (peer, rows) => node.meet(peer, rows, 'reached'),
      gone: (peer) => node.peerDown(peer),
    },
    { ...settings, maxLinks: limits.maxLinks },
  )
  const parse = (line: string): Request => addressFilter.sift(parseLine(line, protocol))

  const knownPeers = { count: () => table.size, some: () => table.list(now()).slice(0, MAX_LOGGED_PEERS) }
  const observer = new DaemonObserver(events, identity, knownPeers, () => exchange.news(), warnings, now)
  const outbox = new Outbox(
    { settings, identity, dialLimiter, timers, observer },
    {
      line: (peer, line, from) => exchange.answered(peer, line, from),
      opened: (peer) => {
        roundTrips.opened(peer)
        if (!duties.hasEnded()) verifier.opened(peer)
      },
      unreachable: (peer) => {
        roundTrips.lost(peer)
        if (duties.hasEnded()) return
        node.peerDown(peer)
        if (!verifier.hasAnswered(peer)) table.departed(peer)
      },
      failed: (error) => duties.failed(error),
    },
  )
  const met = new MetView(table, verifier)
  const view = mayPick ? new RestrictedView(met, (it) => mayPick(String(it))) : met
  const node = new GossipNode(newMemory(own), protocol, view, host, nodeSettings(settings))
  const roundTrips = new RoundTrips(limits.maxPeers, now)
  const selfCheck = new SelfCheck(identity, settings, warnings)
  const heart = { settings, identity, dialLimiter, timers, node, parse }
  const exchange = new PeerExchange({ ...heart, host, table, verifier, outbox, selfCheck, roundTrips })
  const { status, whyNotStored } = duties
  const requests = new Requests({ ...heart, observer, exchange, events, status, whyNotStored })
  const world = discoveryWorld({
    ...{ identity, table, dialLimiter, now },
    probe: (to) => exchange.probe(to),
    addressesOf: (settings.transport ?? plain).addressesOf,
    late: (act) => {
      if (settings.isJoinTold !== false) timers.schedule(JOIN_GRACE_MS, act)
    },
  })
  const where = { ...settings, scan: scanned && new Scan(scanned) }
  const discovery = new Discovery(world, where, () => host.random(), clock)
  return {
    ...{ identity, events, observer, warnings, timers, timerLimit, dialLimiter, addressFilter },
    ...{ outbox, roundTrips, table, node, selfCheck, exchange, requests, discovery },
  }
}
