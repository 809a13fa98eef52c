import assert from 'node:assert/strict'
import { test } from 'node:test'
import { table } from '../../src/cli/output/table.ts'
import { largest, smallest } from '../../src/measure/extremes.ts'

test('when numbers are many then the largest and smallest are found', () => {
  const many = Array.from({ length: 300_000 }, (_, i) => i % 1000)
  assert.deepEqual([largest(many), smallest(many)], [999, 0])
  assert.deepEqual([largest([]), smallest([])], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
})

test('when a table has 200,000 rows, as of a recording with so many values, then it is laid out', () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => [String(i)])
  assert.equal(table(['n'], rows).split('\n').length, rows.length + 1)
})
