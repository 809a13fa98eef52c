/** A report as one file that needs nothing else: the table, the charts, the formulas, and how to get it again. */
import { type EChartsOption, format } from 'echarts'
import { FIGURES } from '../experiment/summary.ts'
import { CHARTS } from './charts/all.ts'
import { MOST_ROWS } from './charts/style.ts'
import type { Report } from './report.ts'
import { svgOf } from './svg.ts'
import { round, spread, withUnit } from './words.ts'

const SIZE = { width: 720, height: 440 }
const text = format.encodeHTML

export function html(report: Report): string {
  const { title, command, seed, settings, rows } = report
  const known = Object.entries(settings).map(([name, value]) => `${name} ${value}`)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style>${STYLE}</style>
<h1>${text(title)}</h1>
<p>${text([...known, `seed ${seed}`].join(', '))}</p>
<pre>${text(command)}</pre>
${table(report)}
<p class="note">Medians over the runs; in brackets, between what 95% of them lie. ${text(EXPLAINED)}</p>
${theory(report)}
${leftOut(rows.length)}
<div class="charts">
${charts(report)
  .map((option) => `<figure>${svgOf(option, sizeOf(option, report))}</figure>`)
  .join('\n')}
</div>
</html>
`
}

const EXPLAINED =
  'Residue is the share of the live nodes that ended without the value, traffic the messages that carried it and control those that did not (each a node), tAverage and tLast the time from injection to the mean and the last first reception, duplicates the receptions beyond a first copy (a node).'

function charts(report: Report): EChartsOption[] {
  return Object.values(CHARTS)
    .map((chart) => chart(report))
    .filter((it) => it !== undefined)
}

/** Many names below a chart need room. */
function sizeOf({ yAxis }: EChartsOption, { rows }: Report): { width: number; height: number } {
  const isBars = !Array.isArray(yAxis) && yAxis?.type === 'category'
  return isBars ? { width: SIZE.width, height: Math.max(220, 130 + 26 * Math.min(rows.length, 24)) } : SIZE
}

function leftOut(rows: number): string {
  return rows > MOST_ROWS
    ? `<p class="note">Curves and delays are drawn for the first ${MOST_ROWS} of the ${rows} rows.</p>`
    : ''
}

function table({ rows, unit }: Report): string {
  const swept = [...new Set(rows.flatMap((row) => Object.keys(row.swept)))]
  const figures = FIGURES.filter((it) => it !== 'faults' || rows.some((row) => row.figures.faults.high > 0))
  const head = ['strategy', ...swept, 'runs', ...figures.map((it) => withUnit(it, unit))]
  const lines = rows.map((row) => [
    row.strategy,
    ...swept.map((name) => String(row.swept[name] ?? '-')),
    row.cutOff > 0 ? `${row.runs} (${row.cutOff} cut off)` : String(row.runs),
    ...figures.map((it) => spread(row.figures[it])),
  ])
  return tableOf(head, lines)
}

function theory({ rows }: Report): string {
  const lines = rows.flatMap(({ label, predictions, figures }) =>
    predictions.map(({ figure, value, formula, source }) => [
      label,
      figure,
      String(round(value)),
      String(round(figures[figure].mean)),
      formula,
      source,
    ]),
  )
  if (lines.length === 0) return ''
  return `<h2>In theory</h2>\n${tableOf(['row', 'figure', 'theory', 'measured (mean)', 'formula', 'source'], lines)}`
}

function tableOf(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((it) => `<${tag}>${text(it)}</${tag}>`).join('')}</tr>`
  return `<div class="wide"><table>\n${row(head, 'th')}\n${lines.map((it) => row(it, 'td')).join('\n')}\n</table></div>`
}

const STYLE = `
:root { color-scheme: light dark }
body { font: 15px/1.5 Helvetica, Arial, sans-serif; max-width: 96rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem }
pre { padding: .6rem .8rem; border: 1px solid #8885; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .25rem .7rem; border-bottom: 1px solid #8885; text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left }
.wide { overflow-x: auto; margin-bottom: 1rem }
.note { color: #888; max-width: 60rem }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); gap: 1rem; align-items: start }
figure { margin: 0; background: #fff; border: 1px solid #8885; border-radius: 6px; overflow: hidden }
figure svg { width: 100%; height: auto; display: block }
@media print { figure { break-inside: avoid } }
`
