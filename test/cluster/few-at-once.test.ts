import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { fewAtOnce } from '../../src/cluster/few-at-once.ts'

const NUMBERS = Array.from({ length: 9 }, (_, i) => i)

test('when something is done for few at a time then for all, in their order, and never for more', async () => {
  const begun: number[] = []
  let underWay = 0
  let most = 0
  await fewAtOnce(NUMBERS, 3, async (it) => {
    begun.push(it)
    underWay += 1
    most = Math.max(most, underWay)
    await setImmediate()
    underWay -= 1
  })
  assert.deepEqual(begun, NUMBERS)
  assert.deepEqual([most, underWay], [3, 0])
})

test('when it can not be done for one then that is told, and it is begun for no other', async () => {
  const begun: number[] = []
  const act = async (it: number) => {
    begun.push(it)
    await setImmediate()
    if (it === 2) throw new Error('no luck')
  }
  await assert.rejects(fewAtOnce(NUMBERS, 3, act), /no luck/)
  await setImmediate()
  assert.ok(begun.length <= 5, `begun: ${begun}`)
})
