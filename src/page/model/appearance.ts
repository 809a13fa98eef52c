/** What a node looks like. */
import { DEFAULT_KEY } from '../../gossip/default-key.ts'
import type { Model } from './model.ts'
import type { Picture } from './replay.ts'
import { isUnnamed, type ValueId } from './value-id.ts'

export type Appearance = 'susceptible' | 'infected' | 'removed' | 'dead' | 'paused' | 'unreachable'

/** Now: an infected node is one that holds the newest value that anyone holds. */
export function appearanceOf(model: Model, address: string, newest: ValueId | undefined): Appearance {
  const row = model.nodes.get(address)
  if (row === undefined || row.state === 'dead' || row.state === 'absent' || model.down.has(address))
    return 'dead'
  if (row.state === 'unreachable' || row.state === 'paused') return row.state
  if (newest === undefined) return 'susceptible'
  const { key, timestamp } = newest
  const held = isUnnamed(newest) ? (row.timestamp ?? -1) : -1
  if (held < timestamp && model.of(timestamp, key)?.holders.has(address) !== true) return 'susceptible'
  return row.interested === false && held === timestamp ? 'removed' : 'infected'
}

/** In a replay. */
export function appearanceIn(picture: Picture, address: string): Appearance {
  if (picture.stopped.has(address)) return 'dead'
  if (picture.paused.has(address)) return 'paused'
  return picture.infected.has(address) ? 'infected' : 'susceptible'
}

/** The newest value that anyone holds. */
export function newestOf(model: Model): ValueId | undefined {
  let newest: ValueId | undefined = model.last
  for (const { timestamp } of model.nodes.values())
    if (timestamp !== null && timestamp > (newest?.timestamp ?? -1)) newest = { key: DEFAULT_KEY, timestamp }
  return newest
}
