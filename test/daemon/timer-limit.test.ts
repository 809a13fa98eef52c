import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TimerLimit } from '../../src/daemon/timer-limit.ts'

function delays(max: number) {
  const due: (() => void)[] = []
  const done: string[] = []
  const log = { dropped: 0 }
  const it = new TimerLimit(
    max,
    (_ms, act) => due.push(act),
    () => {
      log.dropped += 1
    },
  )
  return { add: (name: string) => it.add(5, () => done.push(name)), next: () => due.shift()?.(), done, log }
}

test('when as many wait as may then more are dropped, and only the first of them is told', () => {
  const { add, next, done, log } = delays(2)
  for (const name of ['a', 'b', 'c', 'd']) add(name)
  assert.equal(log.dropped, 1)
  for (let i = 0; i < 4; i++) next()
  assert.deepEqual(done, ['a', 'b'])
})

test('when one is over then there is room for another; when all are, then the next one dropped is told', () => {
  const { add, next, done, log } = delays(1)
  for (const name of ['a', 'b']) add(name)
  next()
  for (const name of ['c', 'd']) add(name)
  next()
  assert.deepEqual(done, ['a', 'c'])
  assert.equal(log.dropped, 2)
})

test('when a delay sets off another then that has the room of the first', () => {
  let count = 0
  const due: (() => void)[] = []
  const it = new TimerLimit(
    1,
    (_ms, act) => due.push(act),
    () => assert.fail('there was room'),
  )
  const again = (): void => {
    count += 1
    if (count < 5) it.add(1, again)
  }
  it.add(1, again)
  while (due.length > 0) due.shift()!()
  assert.equal(count, 5)
})
