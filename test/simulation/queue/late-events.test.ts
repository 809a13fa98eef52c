import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LateEvents } from '../../../src/simulation/queue/late-events.ts'

test('when events keep coming for one moment then they are taken as they came, and take no more room', () => {
  const late = new LateEvents<number>()
  for (let i = 0; i < 10; i++) late.add(5, i, 0, i)
  for (let i = 0; i < 100_000; i++) {
    assert.equal(late.next, 5)
    assert.equal(late.records.items[late.take()], i)
    late.add(5, 0, 0, i + 10)
  }
  assert.equal(late.size, 10)
  assert.ok(late.records.count <= 20, `${late.records.count} records`)
})

test('when events of several moments are mixed then they are in order of time', () => {
  const late = new LateEvents<number>()
  for (let i = 0; i < 1000; i++) late.add((i * 7) % 13, 0, 0, i)
  const taken = Array.from({ length: 1000 }, () => late.records.items[late.take()]!)
  const right = Array.from({ length: 1000 }, (_, i) => i).sort(
    (a, b) => ((a * 7) % 13) - ((b * 7) % 13) || a - b,
  )
  assert.deepEqual(taken, right)
})
