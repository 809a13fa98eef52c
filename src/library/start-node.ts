/** `startNode()`: a node on real sockets, in the process of a script. */

import { z } from 'zod'
import { DEFAULT_PORT, parseEndpointOr, parseHost } from '../daemon/address/address.ts'
import { SCOPES, type Scope } from '../daemon/address/address-scope.ts'
import { nextTimestamp } from '../daemon/client/propagate.ts'
import { DEFAULT_LIMITS, type LimitName, limitsWith, parseLimit } from '../daemon/limits.ts'
import { jsonLog } from '../daemon/log/json-log.ts'
import { LOG_LEVELS, type LogLevel } from '../daemon/log-level.ts'
import { DEFAULTS } from '../daemon/settings.ts'
import { startDaemon } from '../daemon/start-daemon.ts'
import type { TlsFiles } from '../daemon/transport/tls-files.ts'
import { TlsTransport } from '../daemon/transport/tls-transport.ts'
import type { Ack, Status } from '../daemon/wire.ts'
import { DEFAULT_KEY } from '../gossip/value.ts'
import { keySchema } from '../gossip/values/key.ts'
import type { GossipEvent } from '../measure/event.ts'
import { periodSchema } from '../parse/duration.ts'
import { parsedBy } from '../parse/schemas.ts'
import { callback, parse, settings } from './arguments.ts'
import { membershipFor, membershipSettings } from './membership-argument.ts'
import { protocolOf, type WhichStrategy, whichStrategy } from './strategy-argument.ts'

/** Everything has a default. */
export interface NodeOptions {
  /** 0 (the default) to 65535; 0 lets the system choose. */
  readonly port?: number
  /** The address to listen on; 127.0.0.1 by default. */
  readonly host?: string
  /** `'push'` by default. */
  readonly strategy?: WhichStrategy
  /** The strategy's options by name. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Who says who its peers are: a name (`gossip memberships` lists them) or the path of a .ts file; `'heartbeat'` by default. */
  readonly membership?: string
  /** The membership's options by name. */
  readonly setMembership?: Readonly<Record<string, unknown>>
  /** Between two periods: ms or a duration such as `'2s'`, at least 1 ms; 10,000 by default. */
  readonly period?: number | string
  /** Peers to start from, as `'host:port'` (or `'host'`, port 7000). Without one it waits until others join it. */
  readonly join?: string | readonly string[]
  /** The number that it starts with, for aggregation protocols; 0 by default. */
  readonly number?: number
  /** After that long a value is forgotten, and a deletion: ms or a duration; never, and 1 h, by default. */
  readonly ttl?: number | string
  readonly tombstones?: number | string
  /** A folder of its own that keeps its values, so that they survive a crash; without one they are in memory only. */
  readonly dataDir?: string
  /** Hears every event of this node from its start on. `measure()` reads those of a whole cluster. */
  readonly onEvent?: (event: GossipEvent) => void
  /**
   * Mutual TLS: paths of its certificate, that certificate's key, and the CA that signed everybody's, in PEM. Only
   * nodes and clients with a certificate of that CA are heard. New files are taken while it runs.
   */
  readonly tls?: TlsFiles
  /**
   * Other bounds on what others can do, by name: a number in the bound's unit, or text such as `'16KiB'` or `'30s'`.
   * `gossip help node` lists them with units and defaults.
   */
  readonly limits?: Readonly<Partial<Record<LimitName, number | string>>>
  /** Kinds of addresses that it learns from others, beside its own kind and those that it joins. */
  readonly learn?: readonly Scope[]
  /** What is logged, as JSON lines on stdout; `'silent'` by default. */
  readonly log?: LogLevel
}

export interface PropagateOptions {
  /** At most 256 bytes; "" by default. */
  readonly key?: string
  /** Its version, ms since 1970; by default now, or one more than that of the value held. The newest one wins, on every node. */
  readonly timestamp?: number
}

/** A node that runs; it keeps the process alive until it is stopped. */
export interface RunningNode {
  /** "host:port", by which others join it; another one once its machine's address has changed, if it listens on all. */
  readonly address: string
  /** The value that it holds, whom it knows (itself included), and its counters. */
  status(): Status
  /**
   * Hands it a value, which it tells the others.
   * @param value at most 32,768 bytes as JSON, unless `limits` says otherwise; null deletes the key
   * @param how its timestamp, or more of it
   * @returns `outcome`: accepted, ignored (what it holds is as new) or refused (more than 60 s ahead, no room, or it can't be kept), with the reason
   * @throws {Error} one line, if something of it is wrong, or the node was stopped
   */
  propagate(value: string | null, how?: number | PropagateOptions): Ack
  /** What it holds of that key (default: ""); null: nothing, or it is deleted. @throws {Error} one line, if that is no key */
  get(key?: string): string | null
  /** The keys that have a value. */
  keys(): string[]
  /** Says goodbye to the others and ends it in good order; a second time does nothing. */
  stop(): void
}

const endpoint = z.string().transform(parsedBy((text) => parseEndpointOr(text, DEFAULT_PORT)))
const host = z.string().transform(parsedBy(parseHost))

const limits = z.record(z.string(), z.union([z.number(), z.string()])).transform((it, context) => {
  try {
    return limitsWith(Object.entries(it).map(([name, value]) => parseLimit(`${name}=${value}`)))
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
})

const PORT = 'must be a port from 0 to 65535'
const FILE = z.string('must be the path of a file').min(1)
const schema = settings({
  port: z.int(PORT).min(0, PORT).max(65535, PORT).default(0),
  host: host.default('127.0.0.1'),
  strategy: whichStrategy.default({ name: 'push', weight: 1 }),
  options: z.record(z.string(), z.unknown()).default({}),
  ...membershipSettings,
  period: periodSchema.default(DEFAULTS.period),
  join: z
    .union([z.string().transform((it) => [it]), z.array(z.string())], 'must be host:port, or a list of these')
    .pipe(z.array(endpoint))
    .default([]),
  number: z.number().default(0),
  ttl: periodSchema.optional(),
  tombstones: periodSchema.optional(),
  dataDir: z.string().min(1).optional(),
  onEvent: callback<(event: GossipEvent) => void>().optional(),
  tls: settings({ cert: FILE, key: FILE, ca: FILE }).optional(),
  limits: limits.default(DEFAULT_LIMITS),
  learn: z.array(z.enum(SCOPES)).default([]),
  log: z.enum(LOG_LEVELS).default('silent'),
})

/** @param maxValue bytes of a value as JSON */
function proposalOf(maxValue: number) {
  const isShort = (it: string) => Buffer.byteLength(JSON.stringify(it)) <= maxValue
  return z.object({
    value: z.string().refine(isShort, `must be at most ${maxValue} bytes`).nullable(),
    key: keySchema.default(DEFAULT_KEY),
    timestamp: z.int().min(0).optional(),
  })
}

/**
 * Starts a node in this process, the same as `gossip node` is. It does not scan the network.
 *
 * ```js
 * const first = await startNode()
 * const second = await startNode({ join: first.address, onEvent: (event) => console.log(event) })
 * first.propagate('hello')
 * ```
 * @returns the running node, once it listens
 * @throws {Error} (rejects) one line: an unknown or wrong setting, no such strategy, a file of `tls` that is no use, it
 *   can't listen there, or it can't keep its values in `dataDir`. A handler of the strategy that fails later is logged,
 *   and the node goes on
 */
export async function startNode(asked: NodeOptions = {}): Promise<RunningNode> {
  const { strategy, options, membership, setMembership, port, host, join, onEvent, tls, ...rest } = parse(
    'startNode',
    schema,
    asked,
  )
  const protocol = await protocolOf(strategy, options)
  const log = jsonLog(rest.log)
  const transport = tls && (await TlsTransport.open(tls, { log }))
  const daemon = await startDaemon({
    ...rest,
    protocol,
    membership: await membershipFor({ membership, setMembership }),
    listen: { host, port },
    advertise: undefined,
    // Its own address keeps a node that joins nobody from scanning.
    join: join.length > 0 ? join : [{ host, port: port || 1 }],
    isJoinTold: join.length > 0,
    subnet: undefined,
    scanPort: DEFAULT_PORT,
    maxClockDrift: DEFAULTS.maxClockDrift,
    expiryPeriods: DEFAULTS.expiryPeriods,
    log,
    listener: onEvent,
    transport,
  }).catch((error) => {
    transport?.close()
    throw error
  })
  const proposal = proposalOf(rest.limits.maxValue)
  let isStopped = false
  return {
    get address() {
      return daemon.address
    },
    status: () => daemon.status(),
    propagate(value, how = {}) {
      if (isStopped) throw new Error(`propagate: ${daemon.address} was stopped`)
      const given = typeof how === 'number' ? { timestamp: how } : how
      const { key, timestamp, ...it } = parse('propagate', proposal, { ...given, value })
      return daemon.propose(it.value, timestamp ?? nextTimestamp(daemon.get(key)), key)
    },
    get: (key) => daemon.get(parse('get', keySchema.default(DEFAULT_KEY), key))?.value ?? null,
    keys: () => daemon.values().flatMap(({ key, value }) => (value === null ? [] : [key])),
    stop() {
      if (isStopped) return
      isStopped = true
      void daemon.leave().finally(() => transport?.close())
    },
  }
}
