import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import { measure } from '../../src/measure/runs.ts'

const VALUE = { type: 'value', timestamp: 7 } as const
const given: GossipEvent = { at: 10, node: 'a', event: 'updated', ...VALUE, hops: 0 }
const took = (at: number, node: string): GossipEvent => ({
  ...{ at, node, event: 'updated', ...VALUE },
  ...{ peer: 'a', hops: 1 },
})
const stopped = (at: number, node: string, how?: 'killed'): GossipEvent => ({
  ...{ at, node, event: 'stopped' },
  ...(how && { how }),
})
const spread = [given, took(12, 'b'), took(13, 'c')]

function ends(events: readonly GossipEvent[]): (number | undefined)[] {
  const it = measure(events).at(-1)
  return [it?.nodes, it?.infected, it?.residue]
}

test('when all nodes end together then they held the value until then', () => {
  assert.deepEqual(ends([...spread, stopped(50, 'a'), stopped(900, 'b'), stopped(2800, 'c')]), [3, 3, 0])
})

test('when a node was killed, or left long before, then it is dead though all end later', () => {
  assert.deepEqual(
    ends([...spread, stopped(50, 'b', 'killed'), stopped(60, 'a'), stopped(61, 'c')]),
    [3, 2, 0],
  )
  assert.deepEqual(ends([...spread, stopped(50, 'b'), stopped(9000, 'a'), stopped(9001, 'c')]), [3, 2, 0])
})

test('when a node left before another took the value then it is gone though all end soon', () => {
  assert.deepEqual(
    ends([given, took(12, 'b'), stopped(13, 'b'), took(14, 'c'), stopped(20, 'a'), stopped(21, 'c')]),
    [3, 2, 0],
  )
})

test('when some nodes go on then who stopped is dead', () => {
  assert.deepEqual(ends([...spread, stopped(50, 'a'), stopped(51, 'b')]), [3, 1, 0])
})

test('when all are killed then none lives', () => {
  const killed = ['a', 'b', 'c'].map((it) => stopped(50, it, 'killed'))
  assert.deepEqual(ends([...spread, ...killed]), [3, 0, 0])
})

test('when messages are lost as the cluster ends then they are not counted', () => {
  const late: GossipEvent = { at: 51, node: 'c', peer: 'a', event: 'lost', ...VALUE }
  const [measured] = measure([...spread, stopped(50, 'a'), late, stopped(52, 'b'), stopped(53, 'c')])
  assert.deepEqual([measured?.lost, measured?.infected], [0, 3])
})

test('when the cluster starts again then the value is measured as it was when it had ended', () => {
  const end = ['a', 'b', 'c'].map((it) => stopped(50, it))
  const again = ['a', 'b', 'c'].map((node): GossipEvent => ({ at: 90, node, event: 'started' }))
  assert.deepEqual(ends([...spread, ...end, ...again]), [3, 3, 0])
})

test('when a node starts with what it holds, or passes it on later, then it holds it', () => {
  const started = (timestamp?: number): GossipEvent => ({
    ...{ at: 60, node: 'b', event: 'started' },
    ...(timestamp !== undefined && { timestamp }),
  })
  const killed = [...spread, stopped(50, 'b', 'killed')]
  assert.deepEqual(ends([...killed, started(7)]), [3, 3, 0])
  assert.deepEqual(ends([...killed, started(6)]), [3, 2, 1 / 3])
  assert.deepEqual(ends([...killed, started()]), [3, 2, 1 / 3])
  // Nobody recorded its start.
  const sent: GossipEvent = { at: 70, node: 'b', peer: 'c', event: 'sent', ...VALUE, hops: 2 }
  assert.deepEqual(ends([...killed, sent]), [3, 3, 0])
})

test('when the same events are there twice then that is said instead of counting them twice', () => {
  assert.throws(
    () => measure([...spread, ...spread]),
    /^Error: these are several runs, or the same events twice: a takes the value of 7 twice at 10;/,
  )
  assert.throws(() => measure([...spread, took(13, 'c')]), /c takes the value of 7 twice at 13/)
})
