/** What of a daemon's settings its node goes by. */
import type { NodeSettings } from '../gossip/host.ts'
import { type DaemonSettings, DEFAULTS } from './settings.ts'

export function nodeSettings(settings: DaemonSettings): NodeSettings {
  const { limits, maxClockDrift, number, ttl = DEFAULTS.ttl, tombstones = DEFAULTS.tombstones } = settings
  const { maxKeys, maxHeld } = limits
  return { maxClockDrift, number, ttl, tombstones, maxKeys, maxHeld }
}
