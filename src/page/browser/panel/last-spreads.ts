/** The values that are listed, and whose curves are drawn. */
import type { Spread } from '../../model/spread.ts'
import type { Store } from '../store.ts'

const LISTED = 8

/** Oldest first, and the one that is looked at. Of a stream those that all nodes have had, where there are so many. */
export function lastSpreads({ spread, isStream, model }: Store): readonly Spread[] {
  const { spreads, size } = model
  const through = isStream ? spreads.filter((it) => it.had >= size) : []
  const last = (through.length < LISTED ? spreads : through).slice(-LISTED)
  return isStream || spread === undefined || last.includes(spread) ? last : [spread, ...last.slice(1)]
}
