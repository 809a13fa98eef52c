import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { Merge } from '../../../src/page/server/merge.ts'
import { until } from '../../daemon/until.ts'

test('when events of many nodes come one after the other then they go on in order of time, and none is lost', async () => {
  const seen: GossipEvent[] = []
  const merge = new Merge((event) => seen.push(event))
  const times = [5, 3, 4, 1, 2, 2]
  for (const [i, at] of times.entries()) merge.add({ at, node: `n${i}`, event: 'sent' })
  assert.equal(seen.length, 0)
  await until('all went on', () => seen.length === times.length)
  assert.deepEqual(
    seen.map((it) => it.at),
    times.toSorted(),
  )
  // Of one moment: as they came.
  assert.deepEqual(
    seen.filter((it) => it.at === 2).map((it) => it.node),
    ['n4', 'n5'],
  )
  merge.add({ at: 0, node: 'late', event: 'sent' })
  await until('one that is late goes on too', () => seen.at(-1)?.node === 'late')
  merge.stop()
})

test('when too many wait then they go on at once', () => {
  const seen: GossipEvent[] = []
  const merge = new Merge((event) => seen.push(event))
  for (let at = 50_000; at > 0; at--) merge.add({ at, node: 'n', event: 'sent' })
  assert.equal(seen.length, 50_000)
  assert.deepEqual([seen[0]!.at, seen.at(-1)!.at], [1, 50_000])
  merge.stop()
})
