import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Curves, sampleCurve } from '../../src/experiment/curves.ts'
import { CHART_NAMES } from '../../src/report/chart-names.ts'
import { CHARTS } from '../../src/report/charts/all.ts'
import type { ReportRow } from '../../src/report/report.ts'
import { paper } from '../../src/report/single-chart.ts'
import { aReport } from './a-report.ts'

for (const name of CHART_NAMES) {
  test(`when the chart ${name} is drawn then it is one svg without a number that is none`, () => {
    const svg = paper(aReport(), name)
    assert.match(svg, /^<svg .*<\/svg>\s*$/s)
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/)
  })
}

test('when there are real runs then they are laid over the simulated ones', () => {
  const real = { label: 'run.jsonl', nodes: 4, times: Float64Array.of(0, 1, 2) }
  const svg = paper({ ...aReport(), real: [real] }, 'curve')
  assert.ok(svg.includes('run.jsonl'))
  const { series } = CHARTS.curve({ ...aReport(), real: [real] }) as {
    series: { name?: string; data: number[][] }[]
  }
  assert.deepEqual(series.find((it) => it.name === 'run.jsonl')?.data, [
    [0, 25],
    [1, 50],
    [2, 75],
  ])
})

test('when several runs differ then the curve has a band as wide as they do', () => {
  const svg = paper(aReport('infect-and-die', [2]), 'curve')
  const points = /<polygon points="([^"]+)"/.exec(svg)?.[1]?.split(' ').map(Number) ?? []
  const ys = points.filter((_, i) => i % 2 === 1)
  const half = ys.length / 2
  const widths = ys.slice(0, half).map((y, i) => ys[ys.length - 1 - i]! - y)
  assert.ok(widths.every((it) => it >= 0) && Math.max(...widths) > 10)
})

test('when some rows are far slower than others then time is logarithmic', () => {
  const report = aReport('infect-and-die', [2, 3])
  const [row, fast] = [report.rows[0]!, report.rows[1]!]
  const curves = new Curves()
  curves.add(sampleCurve(Float64Array.of(0, 50_000, 60_000), 3))
  const typeOf = (rows: readonly ReportRow[]) =>
    (CHARTS.curve({ ...report, rows }) as { xAxis: { type: string } }).xAxis.type
  assert.equal(typeOf(report.rows), 'value')
  assert.equal(typeOf([fast, { ...row, curves }]), 'log')
})

test('when no numbers were swept then there is no chart over them, and that is said', () => {
  assert.throws(
    () => paper(aReport('infect-and-die', [2]), 'sweep-residue'),
    /chart sweep-residue: no numbers were swept/,
  )
})
