/** A summary as tidy data: a line a row and figure, with the middle, the range and how sure the mean is. */

import type { Spread } from '../experiment/summary.ts'
import { csvRow } from './csv.ts'
import type { Report, ReportRow } from './report.ts'

const COLUMNS = ['figure', 'runs', 'median', 'low', 'high', 'mean', 'meanLow', 'meanHigh', 'worstRun', 'seed']

export function summaryCsv({ rows, seed }: Report): string {
  const swept = [...new Set(rows.flatMap((row) => Object.keys(row.swept)))]
  const lines = rows.flatMap((row) =>
    toldOf(row).map(([figure, { median, low, high, mean, meanInterval = [] }]) =>
      csvRow([
        row.strategy,
        ...swept.map((name) => String(row.swept[name] ?? '')),
        figure,
        ...[row.runs, median, low, high, mean, meanInterval[0], meanInterval[1], row.worst, seed].map((it) =>
          String(it ?? ''),
        ),
      ]),
    ),
  )
  return [csvRow(['strategy', ...swept, ...COLUMNS]), ...lines].join('')
}

/** Figures, those of the overlay as "overlay.degree", then estimates as "mean.least". */
function toldOf({ figures, overlay, estimates }: ReportRow): [string, Spread][] {
  const ends = estimates.flatMap(({ name, ...of }) =>
    // The truth, and so the error, is known of some only.
    Object.entries(of).flatMap(([end, it]): [string, Spread][] =>
      it === undefined ? [] : [[`${name}.${end}`, it]],
    ),
  )
  const ofOverlay = Object.entries(overlay).map(([name, it]): [string, Spread] => [`overlay.${name}`, it])
  return [...Object.entries(figures), ...ofOverlay, ...ends]
}
