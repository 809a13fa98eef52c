/** Of more nodes than can be drawn: how the last values spread. */
import type { Course } from '../../measure/from-events.ts'
import { overlayNumbers } from '../../measure/overlay-table.ts'
import { thinned } from '../../measure/thinned.ts'
import type { SpreadSummary, Summary } from '../wire.ts'
import type { RecordedTexts } from './recorded-texts.ts'

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
