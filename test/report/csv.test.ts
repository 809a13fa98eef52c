import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { csvHead, csvLine, csvRow } from '../../src/report/csv.ts'
import { optionTexts, settingTexts } from '../../src/report/settings.ts'
import { summaryCsv } from '../../src/report/summary-csv.ts'
import { outcome } from '../experiment/outcome.ts'
import { aReport } from './a-report.ts'

test('when results are written as csv then each line has a cell a column', () => {
  const head = csvHead({ swept: ['fanout'] })
    .trim()
    .split(',')
  const line = csvLine({ swept: ['fanout'] }, { fanout: 2 }, outcome({ run: 7 }))
    .trim()
    .split(',')
  assert.equal(line.length, head.length)
  assert.equal(line[head.indexOf('fanout')], '2')
  assert.equal(line[head.indexOf('run')], '7')
})

test('when a setting of the columns is swept then it has one column', () => {
  const head = csvHead({ swept: ['nodes'] })
    .trim()
    .split(',')
  assert.equal(head.filter((it) => it === 'nodes').length, 1)
})

test('when a cell has a comma or a quote then it is quoted', () => {
  const line = csvLine({ swept: ['topology'] }, { topology: 'small-world:4,0.1 "x"' }, outcome({}))
  assert.ok(line.includes('"small-world:4,0.1 ""x"""'))
})

test('when a run may have several values then there are columns for them, empty where it has one', () => {
  const ofLoad = { values: 5, delivered: 0.5, delay50: 1, delay90: 2, delay99: 3, delayMax: 4 }
  const names = Object.keys(ofLoad)
  const columns = { swept: [], hasLoad: true }
  const head = csvHead(columns).trim().split(',')
  for (const [more, cells] of [
    [ofLoad, Object.values(ofLoad).map(String)],
    [{}, names.map(() => '')],
  ] as const) {
    const line = csvLine(columns, {}, outcome(more)).trim().split(',')
    assert.deepEqual(
      names.map((it) => line[head.indexOf(it)]),
      cells,
    )
  }
  const without = csvHead({ swept: [] }).trim().split(',')
  assert.deepEqual(
    head.filter((it) => !without.includes(it)),
    ['delay50', 'delay90', 'delay99', 'delayMax', 'delivered', 'values'],
  )
})

const formulas = [
  '=1+1',
  '=cmd|"/c calc"!A1',
  '+1+cmd',
  '-1+cmd',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '-',
  '--1',
  '+-1',
  '-e5',
]
for (const cell of formulas) {
  test(`when a cell is ${JSON.stringify(cell)} then a spreadsheet takes it for text`, () => {
    assert.match(csvRow(['push', cell]), /^push,"?'[=+\-@\t\r]/)
  })
}

const numbers = ['-1', '+1', '-0.5', '-.5', '1e-7', '-1.25E-10', '-3;-2.5', '0', '-1.']
for (const cell of [...numbers, 'push', 'a=b', 'a-b', '', "it's"]) {
  test(`when a cell is ${JSON.stringify(cell)} then it stays as it is`, () => {
    assert.equal(csvRow(['push', cell]), `push,${cell}\r\n`)
  })
}

test('when settings were not swept then each has a column, with the seed and the number of each run', () => {
  const texts = {
    ...settingTexts({ ...RUN_DEFAULTS, loss: 0.1, until: 5000 }),
    ...optionTexts({ fanout: 2 }),
  }
  const names = Object.keys(texts)
  const head = csvHead({ swept: ['fanout'], settings: names })
    .trim()
    .split(',')
  const line = csvLine(
    { swept: ['fanout'], settings: names },
    { fanout: 2 },
    outcome({ run: 3, seed: 9 }),
    texts,
  )
    .trim()
    .split(',')
  const cells = Object.fromEntries(head.map((it, i) => [it, line[i]]))
  assert.equal(new Set(head).size, head.length)
  const { seed, run, nodes, period, latency, loss, topology, until, scenario, fanout } = cells
  assert.deepEqual(
    { seed, run, nodes, period, latency, loss, topology, until, scenario, fanout },
    {
      seed: '9',
      run: '3',
      nodes: '10',
      period: '10000',
      latency: '1..10',
      loss: '0.1',
      topology: 'full',
      until: '5000',
      scenario: '',
      fanout: '2',
    },
  )
})

test('when it is in rounds, or a mix, then times of a clock are empty, and options have the name of their strategy', () => {
  const { rounds, period, latency } = settingTexts({ ...RUN_DEFAULTS, rounds: true })
  assert.deepEqual([rounds, period, latency], ['true', '', ''])
  const logNormal = { kind: 'log-normal', median: 20, sigma: 0.5 } as const
  assert.equal(settingTexts({ ...RUN_DEFAULTS, latency: logNormal }).latency, 'lognormal:20,0.5')
  assert.deepEqual(optionTexts({ push: { fanout: 3 }, silent: {} }), { 'push.fanout': '3' })
})

test('when a summary is written as csv then each figure has a line, with the interval of its mean and the worst run', () => {
  const report = aReport('infect-and-die', [1, 2])
  const [head, ...lines] = summaryCsv(report)
    .trim()
    .split('\r\n')
    .map((it) => it.split(','))
  assert.equal(lines.length, 2 * Object.keys(report.rows[0]!.figures).length)
  const line = lines.find((it) => it.includes('tLast') && it[1] === '2')!
  const { median, mean, meanInterval } = report.rows[1]!.figures.tLast!
  const of = (name: string) => line[head!.indexOf(name)]
  assert.deepEqual(
    ['strategy', 'runs', 'median', 'mean', 'meanLow', 'meanHigh', 'worstRun', 'seed'].map(of),
    ['infect-and-die', 4, median, mean, meanInterval![0], meanInterval![1], report.rows[1]!.worst, 1].map(
      String,
    ),
  )
})
