/** Of more nodes than can be drawn: how the last values spread. */
import type { Course } from '../../measure/from-events.ts'
import { overlayNumbers } from '../../measure/overlay-table.ts'
import type { SpreadSummary, Summary } from '../wire.ts'
import type { RecordedTexts } from './recorded-texts.ts'

/** Of each curve. */
const MAX_POINTS = 500

export function summaryOf(nodes: number, courses: readonly Course[], texts: RecordedTexts): Summary {
  const last = courses.at(-1)?.measured
  const overlay = last === undefined ? {} : overlayNumbers(last)
  return { kind: 'summary', nodes, spreads: courses.map((it) => spreadOf(it, texts)), overlay }
}

function spreadOf({ measured, key, times }: Course, texts: RecordedTexts): SpreadSummary {
  const { timestamp, strategy, run, reports, clocks, overlay, detection, ...figures } = measured
  const value = texts.of(key, timestamp)
  return { key, timestamp, ...(value !== undefined && { value }), curve: thinned(times), figures }
}

/** First and last, and as many between them as there is room for. */
function thinned(times: Float64Array): [number, number][] {
  const points = Math.min(times.length, MAX_POINTS)
  return Array.from({ length: points }, (_, i) => {
    const at = points === 1 ? 0 : Math.round((i * (times.length - 1)) / (points - 1))
    return [times[at]!, at + 1]
  })
}
