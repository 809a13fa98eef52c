/** What a node looks like. */
import type { Model } from './model.ts'
import type { Picture } from './replay.ts'

export type Appearance = 'susceptible' | 'infected' | 'removed' | 'dead' | 'paused' | 'unreachable'

/** Now: an infected node is one that holds the newest value that anyone holds. */
export function appearanceOf(model: Model, address: string, newest: number): Appearance {
  const row = model.nodes.get(address)
  if (row === undefined || row.state === 'dead' || row.state === 'absent' || model.down.has(address))
    return 'dead'
  if (row.state === 'unreachable' || row.state === 'paused') return row.state
  const has = model.of(newest)?.holders.has(address) === true || (row.timestamp ?? -1) >= newest
  if (!has) return 'susceptible'
  return row.interested === false && row.timestamp === newest ? 'removed' : 'infected'
}

/** In a replay. */
export function appearanceIn(picture: Picture, address: string): Appearance {
  if (picture.stopped.has(address)) return 'dead'
  if (picture.paused.has(address)) return 'paused'
  return picture.infected.has(address) ? 'infected' : 'susceptible'
}

/** The timestamp of the newest value that anyone holds; infinite, where there is none. */
export function newestOf(model: Model): number {
  let newest = model.last?.timestamp ?? -1
  for (const { timestamp } of model.nodes.values()) newest = Math.max(newest, timestamp ?? -1)
  return newest < 0 ? Number.POSITIVE_INFINITY : newest
}
