/** A report as one file that needs nothing else: the table, the charts, the formulas, and how to get it again. */
import { type EChartsOption, format } from 'echarts'
import { CHARTS } from './charts/all.ts'
import { MOST_ROWS } from './charts/style.ts'
import type { Report, ReportRow } from './report.ts'
import { svgOf } from './svg.ts'
import { type Cells, estimateCells, estimateNotes, limitNotes, resultCells, theoryCells } from './tables.ts'

const SIZE = { width: 720, height: 440 }
const text = format.encodeHTML

export function html(report: Report): string {
  const { title, command, seed, settings } = report
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
${tables(report)}
<div class="charts">
${charts(report)
  .map((option) => `<figure>${svgOf(option, sizeOf(option, report))}</figure>`)
  .join('\n')}
</div>
</html>
`
}

function tables({ rows, unit }: Report): string {
  const estimates = estimateCells(rows, unit)
  return [
    tableOf(resultCells(rows, unit)),
    note('Medians over the runs; in brackets, between what 95% of them lie.', ...explained(rows)),
    ...[...estimateNotes(rows), ...limitNotes(rows)].map((it) => note(it)),
    tableOf(estimates),
    estimates.lines.length === 0 ? '' : note(ESTIMATES),
    tableOf(theoryCells(rows)),
    rows.length > MOST_ROWS
      ? note(`Curves and delays are drawn for the first ${MOST_ROWS} of the ${rows.length} rows.`)
      : '',
  ]
    .filter((it) => it !== '')
    .join('\n')
}

function note(...sentences: readonly string[]): string {
  return `<p class="note">${text(sentences.join(' '))}</p>`
}

function explained(rows: readonly ReportRow[]): string[] {
  const hasValues = rows.some(({ figures }) => figures.residue !== undefined)
  return [...(hasValues ? [OF_A_VALUE] : []), 'Control is the messages that carried no value, a node.']
}

const OF_A_VALUE =
  'Reached is the share of the live nodes that ended with the value, residue that of those without it, traffic the messages that carried it, a node, tAverage and tLast the time from injection to the mean and the last first reception, duplicates the receptions beyond a first copy, a node.'
const ESTIMATES =
  'Least and greatest are the estimates of all live nodes at the end of a run, apart is how far these differ, as a share of the greater.'

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

/** Empty where it would have no line. */
function tableOf({ head, lines }: Cells): string {
  if (lines.length === 0) return ''
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
