import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Detection } from '../../src/measure/detection.ts'

const nobody = (): boolean => false

test('when nobody died then there is nothing to tell', () => {
  const detection = new Detection()
  detection.dropped(1, 5)
  assert.equal(detection.figures(nobody, 10, 5, 3), undefined)
})

test('when some died then first and last are means over the deaths, in periods', () => {
  const detection = new Detection()
  detection.died(1, 100)
  detection.died(2, 200)
  for (const at of [110, 130, 150]) detection.dropped(1, at)
  for (const at of [230]) detection.dropped(2, at)
  assert.deepEqual(detection.figures(nobody, 10, 5, 3), { first: 2, last: 4, falseAlarms: 0 })
})

test('when a live node still has a dead one then there is no last yet', () => {
  const detection = new Detection()
  detection.died(1, 100)
  detection.dropped(1, 110)
  assert.deepEqual(
    detection.figures((it) => it === 1, 10, 5, 3),
    { first: 1, last: null, falseAlarms: 0 },
  )
})

test('when live ones are dropped then that is counted per node and period, from the time that it is asked to forget', () => {
  const detection = new Detection()
  detection.dropped(1, 0)
  detection.forget()
  detection.dropped(1, 10)
  detection.died(2, 20)
  detection.started(2)
  detection.dropped(2, 30)
  assert.deepEqual(detection.figures(nobody, 10, 5, 4), { first: null, last: null, falseAlarms: 2 / 20 })
})
