/** A report as one file that needs nothing else: tables, charts, what their words say, and how to get it again. */
import { type EChartsOption, format } from 'echarts'
import { CHARTS } from './charts/all.ts'
import { MOST_BARS } from './charts/cost.ts'
import { heightOf, MOST_ROWS, WIDTH } from './charts/style.ts'
import { meaningOf } from './column-help.ts'
import { svgOf } from './render-svg.ts'
import type { Report, ReportRow, RowVerdict } from './report.ts'
import { isTime, optionTexts } from './settings.ts'
import { differenceCells, differenceNotes, meanCells } from './significance-tables.ts'
import { STYLE } from './stylesheet.ts'
import {
  type Cells,
  estimateCells,
  estimateNotes,
  limitNotes,
  overlayCells,
  resultCells,
  theoryCells,
} from './tables.ts'

const text = format.encodeHTML

/** @param date on which it is written, as 2026-01-31 */
export function html(report: Report, date: string): string {
  const { title, command, version } = report
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style>${STYLE}</style>
<h1>${text(title)}</h1>
<p>gossip ${text(version)}, ${text(date)}. The same version, command and files give the same figures again:</p>
<pre>${text(command)}</pre>
${settings(report)}
${tables(report)}
<div class="charts">
${charts(report)
  .map((option) => `<figure>${svgOf(option, sizeOf(option, report))}</figure>`)
  .join('\n')}
</div>
${explained(report)}
</html>
`
}

/** What was not given has its default there, too; what has no meaning in rounds is left out. */
function settings({ seed, unit, settings, rows }: Report): string {
  const all = Object.entries({ seed: String(seed), ...settings })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name} ${value}${isTime(name) ? ` ${unit}` : ''}`)
  const options = rows.map(({ strategy, options, swept }) => {
    const texts = Object.entries(optionTexts(options)).filter(([name]) => !Object.hasOwn(swept, name))
    return texts.length === 0 ? '' : `${strategy}: ${texts.map(([name, it]) => `${name} ${it}`).join(', ')}`
  })
  const paragraphs = [all.join(', '), ...new Set(options.filter((it) => it !== ''))]
  return paragraphs.map((it) => `<p class="settings">${text(it)}</p>`).join('\n')
}

function tables({ rows, unit, compared, verdicts }: Report): string {
  const said = [...estimateNotes(rows), ...limitNotes(rows)]
  const sections = sectionsOf({ rows, unit, compared, verdicts })
  return [
    ...sections.flatMap(({ cells, notes = [] }, i) => [
      tableOf(cells, i),
      ...(cells.lines.length === 0 ? [] : notes).map(note),
      ...(i === 0 ? said.map(note) : []),
    ]),
    rows.length > MOST_ROWS
      ? note(
          `Curves, delays and points are drawn for the first ${MOST_ROWS} of the ${rows.length} rows, bars for the first ${MOST_BARS}.`,
        )
      : '',
  ]
    .filter((it) => it !== '')
    .join('\n')
}

type Told = Pick<Report, 'rows' | 'unit' | 'compared' | 'verdicts'>

/** All tables, in their order, with what is said below each. */
function sectionsOf({ rows, unit, compared, verdicts }: Told): { cells: Cells; notes?: string[] }[] {
  return [
    {
      cells: resultCells(rows, unit),
      notes: ['Medians over the runs; in brackets, between what 95% of them lie.'],
    },
    { cells: verdictCells(verdicts) },
    { cells: estimateCells(rows, unit) },
    { cells: overlayCells(rows) },
    { cells: meanCells(rows, unit) },
    { cells: differenceCells(rows, compared, unit), notes: differenceNotes(compared) },
    { cells: theoryCells(rows) },
  ]
}

function verdictCells(verdicts: readonly RowVerdict[]): Cells {
  const lines = verdicts.map(({ label, bound, holds, seen }) => [
    label,
    bound,
    holds ? 'holds' : 'violated',
    seen,
  ])
  return { head: ['expected', 'bound', 'verdict', 'found'], lines }
}

function note(sentence: string): string {
  return `<p class="note">${text(sentence)}</p>`
}

/** A line a column of all tables. */
function explained(report: Report): string {
  const swept = new Set(report.rows.flatMap((it: ReportRow) => Object.keys(it.swept)))
  const heads = sectionsOf(report).flatMap(({ cells }) => (cells.lines.length === 0 ? [] : cells.head))
  const lines = [...new Set(heads)].map(
    (it) => `<dt>${text(it)}</dt><dd>${text(meaningOf(it, (name) => swept.has(name)))}</dd>`,
  )
  return `<h2>What the columns say</h2>\n<dl>\n${lines.join('\n')}\n</dl>`
}

function charts(report: Report): EChartsOption[] {
  return Object.values(CHARTS)
    .map((chart) => chart(report))
    .filter((it) => it !== undefined)
}

/** Many names below a chart need room. */
function sizeOf(option: EChartsOption, { rows }: Report): { width: number; height: number } {
  const { yAxis } = option
  const isBars = !Array.isArray(yAxis) && yAxis?.type === 'category'
  const bars = Math.max(110, 28 * Math.min(rows.length, MOST_BARS))
  return { width: WIDTH, height: isBars ? heightOf(option, bars) : heightOf(option) }
}

/** Columns of a table that fits any screen, and more than fit paper. */
const [FEW, MANY] = [4, 10]

/** Empty where it would have no line. Where a row is a card each cell has its column's name, by a style of the table's own. */
function tableOf({ head, lines }: Cells, place: number): string {
  if (lines.length === 0) return ''
  const row = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((it) => `<${tag}>${text(it)}</${tag}>`).join('')}</tr>`
  const size = head.length <= FEW ? ' class="few"' : head.length > MANY ? ' class="many"' : ''
  const names = head.map((it, i) => `#t${place} td:nth-child(${i + 1}) { --name: ${quoted(it)} }`)
  return `<style>${names.join(' ')}</style>
<table id="t${place}"${size}>
<thead>${row(head, 'th')}</thead>
<tbody>
${lines.map((it) => row(it, 'td')).join('\n')}
</tbody>
</table>`
}

/** As a text of a style sheet, in which no character can end it. */
function quoted(name: string): string {
  return `"${name.replaceAll(/[^\w ±%()-]/g, (it) => `\\${it.codePointAt(0)!.toString(16)} `)}"`
}
