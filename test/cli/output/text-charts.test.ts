/** Charts of text: what stands in each column. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { curveChart } from '../../../src/cli/output/text-charts.ts'
import { Curves, sampleCurve } from '../../../src/experiment/curves.ts'
import { Summary } from '../../../src/experiment/summary.ts'
import { type ReportRow, reportRow } from '../../../src/report/report.ts'
import { outcome } from '../../experiment/outcome.ts'
import { runHere } from '../run-here.ts'

/** A thousand nodes, the i-th of which is reached at that time, in each of the runs. */
function rowOf(strategy: string, ...runs: readonly ((i: number) => number)[]): ReportRow {
  const [summary, curves] = [new Summary(), new Curves()]
  for (const [run, timeOf] of runs.entries()) {
    summary.add(outcome({ strategy, run }))
    curves.add(sampleCurve(Float64Array.from({ length: 1000 }, (_, i) => timeOf(i)).sort(), 1000))
  }
  return reportRow({ strategy, options: {}, swept: {}, summary, curves }, [])
}

const ESC = '\x1b'

/** The characters above the axis, without the frame. */
function canvasOf(chart: string): string[] {
  return chart.split('\n').flatMap((line) => /^ *\d* *[┤│](.*)$/.exec(line)?.[1] ?? [])
}
/** The columns in which that glyph stands above the bottom and below the top. */
function steepColumns(chart: string, glyph: string): number {
  const lines = canvasOf(chart).slice(1, -1)
  const columns = lines.flatMap((line) => [...line].flatMap((it, i) => (it === glyph ? [i] : [])))
  return new Set(columns).size
}

const even = (i: number): number => i / 10
const slow = (i: number): number => 40 + i / 10

test('when two curves are drawn then each has a glyph of its own, also where there are no colours', () => {
  const chart = curveChart([rowOf('push', even), rowOf('pull', slow)], 'ms', false)
  assert.match(chart, /^o push$/m)
  assert.match(chart, /^\+ pull$/m)
  assert.ok(steepColumns(chart, 'o') > 10 && steepColumns(chart, '+') > 10, chart)
  assert.ok(!chart.includes(ESC))
})

test('when two curves lie on each other then both are seen', () => {
  const chart = curveChart([rowOf('push', even), rowOf('pull', even), rowOf('rumor', even)], 'ms', false)
  for (const glyph of ['o', '+', 'x']) assert.ok(steepColumns(chart, glyph) > 10, chart)
})

test('when there are colours then each glyph has one, and is there all the same', () => {
  const rows = [rowOf('push', even), rowOf('pull', slow)]
  const colored = curveChart(rows, 'ms', true)
  assert.ok(colored.includes(`${ESC}[36mo${ESC}[0m push`))
  const parts = colored.split(ESC).map((it, i) => (i === 0 ? it : it.slice(it.indexOf('m') + 1)))
  assert.equal(parts.join(''), curveChart(rows, 'ms', false))
})

test('when the last node of one run comes a thousand times later then the curve is no wall', () => {
  const straggler = (i: number): number => (i === 999 ? 100_000 : even(i))
  const chart = curveChart([rowOf('push', straggler, even, straggler)], 'ms', false)
  assert.ok(steepColumns(chart, 'o') > 30, chart)
  assert.match(chart, /the last ones came later/)
})

test('when a whole run is a thousand times slower than the others then the curve is no wall', () => {
  const late = (i: number): number => 1000 * even(i)
  const chart = curveChart([rowOf('push', even, even, late)], 'ms', false)
  assert.ok(steepColumns(chart, 'o') > 30, chart)
})

test('when one strategy is a thousand times slower than another then time is logarithmic, and neither is a wall', () => {
  const chart = curveChart([rowOf('push', even), rowOf('pull', (i) => 1000 * even(i))], 'ms', false)
  assert.match(chart, /logarithmic/)
  for (const glyph of ['o', '+']) assert.ok(steepColumns(chart, glyph) >= 10, chart)
})

test('when all are reached at once, or one node is all, then there is still a chart', () => {
  const chart = curveChart([rowOf('flood', () => 0), rowOf('push', even)], 'ms', false)
  assert.doesNotMatch(chart, /NaN|Infinity/)
  assert.doesNotMatch(curveChart([rowOf('flood', () => 0)], 'ms', false), /NaN|Infinity/)
})

test('when --charts is said then they are drawn into a pipe, without colours', async (t) => {
  const { code, stdout } = await runHere(t, 'gossip compare push pull --nodes 50 --runs 3 --charts')
  assert.equal(code, 0)
  assert.match(stdout, /% of nodes reached[\s\S]*^o push\n\+ pull\n[\s\S]*^strategy /m)
  assert.ok(!stdout.includes(ESC))
})
