import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import { ReachTracker } from '../../src/measure/reach.ts'
import { measure } from '../../src/measure/runs.ts'

const took = (at: number, node: string, peer?: string): GossipEvent => ({
  ...{ at, node, event: 'updated', type: 'value', timestamp: 7, hops: peer === undefined ? 0 : 1 },
  ...(peer !== undefined && { peer }),
})
const EVENTS = [took(100, 'a'), took(102, 'b', 'a'), took(109, 'c', 'a')]

function seen(events: readonly GossipEvent[], live: readonly string[]) {
  const watch = new ReachTracker(() => live)
  return events.flatMap((it) => watch.see(it) ?? [])
}

test('when streams of nodes overtake each other then a spread takes as long as it is measured', () => {
  const [measured] = measure(EVENTS)
  for (const order of [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
  ]) {
    const [spread] = seen(
      order.map((i) => EVENTS[i]!),
      ['a', 'b', 'c'],
    )
    assert.deepEqual(spread, {
      key: '',
      text: undefined,
      timestamp: 7,
      nodes: 3,
      took: measured!.tLast,
      hops: 1,
    })
  }
})

test('when a node reads a value later than it came then it is when it came that counts', () => {
  const came: GossipEvent = { ...took(105, 'c', 'a'), event: 'received' }
  const events = [...EVENTS.slice(0, 2), came, EVENTS[2]!]
  const [spread] = seen(events, ['a', 'b', 'c'])
  assert.deepEqual([spread!.took, measure(events)[0]!.tLast], [5, 5])
})

test('when a node takes a value again that has reached all then that is no spread', () => {
  assert.equal(seen([...EVENTS, took(500, 'b', 'a')], ['a', 'b', 'c']).length, 1)
  assert.equal(seen([...EVENTS.slice(0, 2), took(500, 'b', 'a')], ['b']).length, 1)
})

test('when a node takes it again before it has reached all then the first time counts', () => {
  const [spread] = seen([EVENTS[0]!, EVENTS[1]!, took(500, 'b', 'a'), EVENTS[2]!], ['a', 'b', 'c'])
  assert.equal(spread!.took, 9)
})

test('when values of several keys are under way then each is followed by itself, with its text', () => {
  const of = (it: GossipEvent, key: string, timestamp = 7): GossipEvent => ({
    ...it,
    key,
    timestamp,
    value: `of ${key}`,
  })
  const events = [...EVENTS.slice(0, 2), ...EVENTS.map((it) => of(it, 'x')), EVENTS[2]!]
  assert.deepEqual(
    seen(events, ['a', 'b', 'c']).map(({ key, text }) => [key, text]),
    [
      ['x', 'of x'],
      ['', undefined],
    ],
  )
})

test('when a newer value of its key has reached all then an older one is not waited for any more', () => {
  const watch = new ReachTracker(() => ['a', 'b'])
  const older = took(1, 'a')
  watch.see(older)
  assert.equal(watch.reached(7), 1)
  const newer = { ...older, timestamp: 8 }
  assert.equal(watch.see(newer), undefined)
  assert.equal(watch.see({ ...newer, node: 'b', peer: 'a' })?.timestamp, 8)
  assert.equal(watch.reached(7), undefined)
})
