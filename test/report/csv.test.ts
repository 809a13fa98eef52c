import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvHead, csvLine } from '../../src/report/csv.ts'
import { outcome } from '../experiment/outcome.ts'

test('when results are written as csv then each line has a cell a column', () => {
  const head = csvHead(['fanout']).trim().split(',')
  const line = csvLine(['fanout'], { fanout: 2 }, outcome({ run: 7 }))
    .trim()
    .split(',')
  assert.equal(line.length, head.length)
  assert.equal(line[head.indexOf('fanout')], '2')
  assert.equal(line[head.indexOf('run')], '7')
})

test('when a setting of the columns is swept then it has one column', () => {
  const head = csvHead(['nodes']).trim().split(',')
  assert.equal(head.filter((it) => it === 'nodes').length, 1)
})

test('when a cell has a comma or a quote then it is quoted', () => {
  const line = csvLine(['topology'], { topology: 'small-world:4,0.1 "x"' }, outcome({}))
  assert.ok(line.includes('"small-world:4,0.1 ""x"""'))
})
