/** What a daemon is made of, put together: each part knows only those that it needs. */
import { type Host, newMemory } from '../gossip/host.ts'
import { GossipNode } from '../gossip/node.ts'
import type { Address } from '../gossip/strategy.ts'
import type { Kind } from '../gossip/strategy-error.ts'
import { MEMBERSHIP_LIMITS, MembershipView } from '../gossip/view/membership.ts'
import { Verifier } from '../gossip/view/verifier.ts'
import { endpointOf } from './address/address.ts'
import type { Subnet } from './address/subnet.ts'
import { realClock, slowed } from './clock.ts'
import { DeduplicatedLog } from './deduplicated-log.ts'
import { AddressFilter } from './discovery/address-filter.ts'
import { DialLimiter } from './discovery/dial-limiter.ts'
import { Discovery } from './discovery/discovery.ts'
import { JOIN_GRACE_MS } from './discovery/join-report.ts'
import { Scan } from './discovery/subnet-scan.ts'
import { discoveryWorld } from './discovery/world.ts'
import { EventBus } from './events/event-bus.ts'
import { LifeEvents } from './events/life-events.ts'
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
import { turnsOf } from './transport/turns.ts'
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
  readonly view: MembershipView
  readonly node: GossipNode
  readonly selfCheck: SelfCheck
  readonly exchange: PeerExchange
  readonly requests: Requests
  readonly discovery: Discovery
  readonly life: LifeEvents
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
  const { limits, period, protocol, membership, mayPick, listener } = settings
  const { host } = duties
  const now = () => host.now()
  const identity = new Identity(own, settings.log)
  const warnings = new DeduplicatedLog(() => identity.log)
  const { slowness } = settings
  const clock = slowness ? slowed(settings.clock ?? realClock, slowness) : settings.clock
  const timers = new Timers(clock)
  const timersOf = (kind: Kind) =>
    new TimerLimit(
      limits.maxTimers,
      (ms, act) => timers.schedule(ms, act),
      () => identity.log.warn(`drops delays of the ${kind}'s: ${limits.maxTimers} wait, no more may`),
    )
  const timerLimit = timersOf('strategy')
  const events = new EventBus(() => String(identity.address), settings.clock ?? realClock)
  if (listener !== undefined) events.listen(listener)

  const dialLimiter = new DialLimiter(limits, now)
  const addressFilter = new AddressFilter(learntAt(settings, endpointOf(own).host), limits, (it) =>
    dialLimiter.isBarred(it),
  )
  const ofMembership = timersOf('membership')
  const view = new MembershipView(
    own,
    membership,
    {
      ...{ now, period, clock: () => host.clock(), random: () => host.random() },
      after: (periods, act) => ofMembership.add(periods * period, act),
      allows: (peer) => addressFilter.allows(peer),
      send: (to, message) => outbox.sendMembership(to, message),
      greet: (peer) => exchange.greet(peer),
      observer: { fault: (it) => observer.fault(it), logged: (what) => observer.logged(what) },
    },
    { ...limits, maxGuests: MEMBERSHIP_LIMITS.maxGuests },
    mayPick && ((it) => mayPick(String(it))),
  )
  const turns = turnsOf(settings.clock ?? realClock)
  const verifier = new Verifier(
    {
      ...{ peers: view, now, random: () => host.random() },
      allows: (peer) => addressFilter.allows(peer),
      schedule: (ms, act) => timers.schedule(ms, act),
      backlog: () => turns.backlog,
      ask: (peer) => exchange.sayHi(peer),
      reached: (peer) => node.meet(peer, undefined, 'reached'),
      gone: (peer) => lost(peer),
    },
    { period, expiry: settings.expiryPeriods * period, maxLinks: limits.maxLinks },
  )
  const parse = (line: string): Request => addressFilter.sift(parseLine(line, protocol, membership))

  const knownPeers = { count: () => view.size, some: () => view.list().slice(0, MAX_LOGGED_PEERS) }
  const observer = new DaemonObserver(events, identity, knownPeers, warnings, now)
  const lost = (peer: Address): void => {
    verifier.drop(peer)
    node.peerDown(peer)
  }
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
        lost(peer)
        if (verifier.isUnproven(peer)) view.departed(peer)
      },
      failed: (error) => duties.failed(error),
    },
  )
  const node = new GossipNode(newMemory(own), protocol, view, host, nodeSettings(settings))
  const roundTrips = new RoundTrips(limits.maxPeers, now)
  const selfCheck = new SelfCheck(identity, settings, warnings)
  const heart = { settings, identity, dialLimiter, timers, node, parse }
  const exchange = new PeerExchange({ ...heart, host, view, verifier, outbox, selfCheck, roundTrips })
  const { status, whyNotStored } = duties
  const life = new LifeEvents({ events, settings, node, view })
  const requests = new Requests({ ...heart, observer, exchange, events, life, status, whyNotStored })
  const world = discoveryWorld({
    ...{ identity, view, dialLimiter },
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
    ...{ life, outbox, roundTrips, view, node, selfCheck, exchange, requests, discovery },
  }
}
