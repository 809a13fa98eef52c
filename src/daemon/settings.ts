/** What a daemon is started with. Everything has been parsed before it gets here. */
import type { Logger } from 'pino'
import { EXPIRY_PERIODS, MAX_CLOCK_DRIFT_MS, PERIOD_MS, TOMBSTONES_MS } from '../gossip/defaults.ts'
import type { NodeSettings } from '../gossip/host.ts'
import type { MembershipProtocol, Protocol } from '../gossip/protocol.ts'
import type { Value } from '../gossip/value.ts'
import type { Endpoint } from './address/address.ts'
import type { Scope } from './address/address-scope.ts'
import type { Subnet } from './address/subnet.ts'
import type { Clock } from './clock.ts'
import type { Listener } from './events/event-bus.ts'
import { type DaemonLimits, DEFAULT_LIMITS } from './limits.ts'
import type { Disk } from './storage/disk.ts'
import type { DescriptorBudget } from './transport/descriptors.ts'
import type { NetworkFaults } from './transport/fault-hook.ts'
import type { Transport } from './transport/transport.ts'

export interface DaemonSettings {
  readonly protocol: Protocol
  /** Who its peers are. */
  readonly membership: MembershipProtocol
  /** Where it listens; port 0 lets the system choose. */
  readonly listen: Endpoint
  /** What it calls itself, where that is not where it listens. */
  readonly advertise: Endpoint | undefined
  /** How it finds its own host, where it advertises none, asked again and again; by its interfaces by default. */
  readonly ownHost?: ((listen: Endpoint, present?: string) => string) | undefined
  /** Ms between two periods. */
  readonly period: number
  readonly join: readonly Endpoint[]
  /** Is it told where nobody answers at one of these? By default it is. */
  readonly isJoinTold?: boolean | undefined
  /** The network to scan, where that is not the node's own /24. */
  readonly subnet: Subnet | undefined
  readonly scanPort: number
  /** Ms past its own clock beyond which a timestamp is refused. */
  readonly maxClockDrift: number
  /** Ms after its timestamp at which a value is forgotten, and a deletion; never, and an hour, by default. */
  readonly ttl?: number | undefined
  readonly tombstones?: number | undefined
  /** Periods in which a peer must have answered, or it is asked again. */
  readonly expiryPeriods: number
  /** Whom the strategy may pick, where that is not everyone it knows. */
  readonly mayPick?: ((address: string) => boolean) | undefined
  /** The number it starts with, for aggregation. */
  readonly number: number
  readonly limits: DaemonLimits
  /** What it may take of the files that this process may open; by default all, but what the process needs itself. */
  readonly files?: DescriptorBudget | undefined
  /** Kinds of addresses that it learns from others, beside its own kind. */
  readonly learn?: readonly Scope[] | undefined
  /** The container it runs in, told in its status. */
  readonly container?: string | undefined
  readonly log: Logger
  /** Hears every event from its start on. */
  readonly listener?: Listener | undefined
  /** What it held before it was started again. */
  readonly kept?: readonly Value[] | undefined
  /** The folder that keeps its values; without one they are in memory only. */
  readonly dataDir?: string | undefined
  /** What the network does to what it sends; for nodes of one process. */
  readonly faults?: NetworkFaults | undefined
  /** How many times as long its periods and delays take just now; for nodes of one process. */
  readonly slowness?: (() => number) | undefined
  /** How it reaches others, and they it; plain TCP by default. */
  readonly transport?: Transport | undefined
  /** What it goes by; by default real time. */
  readonly clock?: Clock | undefined
  /** Uniform in [0, 1); by default the system's. */
  readonly dice?: (() => number) | undefined
  /** What its values are written with; by default the system's files. */
  readonly disk?: Disk | undefined
}

export type { DaemonLimits } from './limits.ts'

export const DEFAULTS = {
  period: PERIOD_MS,
  maxClockDrift: MAX_CLOCK_DRIFT_MS,
  ttl: Number.POSITIVE_INFINITY,
  tombstones: TOMBSTONES_MS,
  expiryPeriods: EXPIRY_PERIODS,
  limits: DEFAULT_LIMITS,
} as const

/** What of them the node itself goes by. */
export function nodeSettings(settings: DaemonSettings): NodeSettings {
  const { limits, maxClockDrift, number, ttl = DEFAULTS.ttl, tombstones = DEFAULTS.tombstones } = settings
  const { maxKeys, maxHeld } = limits
  return { maxClockDrift, number, ttl, tombstones, maxKeys, maxHeld }
}
