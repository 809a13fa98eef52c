import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LinkUse } from '../../src/measure/link-use.ts'

function used(): LinkUse {
  const use = new LinkUse(4)
  use.up(0, 999)
  use.begin(1000)
  use.up(0, 300)
  use.up(0, 100)
  use.up(1, 100)
  use.down(3, 500)
  return use
}

test('when bytes went over links then their rates are bytes a second since it began, mean and the busiest', () => {
  assert.deepEqual(used().figures(3000), { upMean: 62.5, upMax: 200, downMean: 62.5, downMax: 250 })
})

test('when time is in rounds then they are bytes a round', () => {
  assert.deepEqual(used().figures(1005, 1), { upMean: 25, upMax: 80, downMean: 25, downMax: 100 })
})

test('when no time has passed then they are 0', () => {
  assert.deepEqual(used().figures(1000), { upMean: 0, upMax: 0, downMean: 0, downMax: 0 })
})
