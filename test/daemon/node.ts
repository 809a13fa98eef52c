/** Starts a node for a test: on loopback, silent, without a scan. */
import type { TestContext } from 'node:test'
import { type Logger, pino } from 'pino'
import type { Daemon } from '../../src/daemon/daemon.ts'
import { type DaemonLimits, type DaemonSettings, DEFAULTS } from '../../src/daemon/settings.ts'
import { startDaemon } from '../../src/daemon/start-daemon.ts'
import {
  type MembershipProtocol,
  membershipProtocol,
  type Protocol,
  protocol,
} from '../../src/gossip/protocol.ts'
import heartbeat from '../../src/membership/heartbeat.ts'
import push from '../../src/strategy/push.ts'

export const HOUR_MS = 3_600_000
export const YEAR_MS = 365 * 24 * HOUR_MS

/** Nothing listens there; an address to join keeps a node from scanning. */
export const NOWHERE = { host: '127.0.0.1', port: 1 }

export const silent = pino({ level: 'silent' })

/** A log, and the lines in it. */
export function noted(level: string): { log: Logger; lines: string[] } {
  const lines: string[] = []
  return { log: pino({ level }, { write: (line: string) => void lines.push(line) }), lines }
}

export function pushTo(fanout: number): Protocol {
  return protocol('push', push, { fanout })
}

/** @param expiry periods without a grown heartbeat after which a peer is gone */
export function heartbeats(expiry: number = DEFAULTS.expiryPeriods): MembershipProtocol {
  return membershipProtocol('heartbeat', heartbeat, { expiry })
}

type Change = Partial<Omit<DaemonSettings, 'limits'>> & { readonly limits?: Partial<DaemonLimits> }

export function settings({ limits, ...change }: Change = {}): DaemonSettings {
  return {
    protocol: pushTo(3),
    membership: heartbeats(change.expiryPeriods),
    listen: { host: '127.0.0.1', port: 0 },
    advertise: undefined,
    period: HOUR_MS,
    join: [NOWHERE],
    subnet: undefined,
    scanPort: 1,
    maxClockDrift: DEFAULTS.maxClockDrift,
    expiryPeriods: DEFAULTS.expiryPeriods,
    number: 0,
    limits: { ...DEFAULTS.limits, ...limits },
    log: silent,
    ...change,
  }
}

export async function startNode(t: TestContext, change: Change = {}): Promise<Daemon> {
  const daemon = await startDaemon(settings(change))
  t.after(() => daemon.stop('abruptly'))
  return daemon
}
