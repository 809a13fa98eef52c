import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holm } from '../../../src/experiment/statistics/holm.ts'

const rounded = (values: readonly number[]) => values.map((it) => Number(it.toPrecision(6)))

test('when several are tested then each is raised as R does it, p.adjust(p, "holm")', () => {
  assert.deepEqual(rounded(holm([0.01, 0.02, 0.03, 0.04, 0.05])), [0.05, 0.08, 0.09, 0.09, 0.09])
  assert.deepEqual(rounded(holm([0.04, 0.001, 0.6, 0.02])), [0.08, 0.004, 0.6, 0.06])
})

test('when there is one then it stays, and none is raised above 1', () => {
  assert.deepEqual(holm([0.03]), [0.03])
  assert.deepEqual(holm([0.9, 0.8]), [1, 1])
  assert.deepEqual(holm([]), [])
})
