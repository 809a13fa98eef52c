/** How the value of a run has spread so far. */
import type { SpreadSummary } from '../../page/wire.ts'
import type { Run } from '../../simulation/run.ts'

/** Of each curve. */
const MAX_POINTS = 500

export function courseOf({ world }: Run): SpreadSummary {
  const { record, figures } = world
  return { key: '', timestamp: 0, curve: thinned(record.curve()), figures: { ...figures } }
}

/** First and last, and as many between them as there is room for. @param times sorted */
export function thinned(times: Float64Array): [number, number][] {
  const points = Math.min(times.length, MAX_POINTS)
  return Array.from({ length: points }, (_, i) => {
    const at = points === 1 ? 0 : Math.round((i * (times.length - 1)) / (points - 1))
    return [times[at]!, at + 1]
  })
}
