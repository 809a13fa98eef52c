import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FetchAhead } from '../../../src/simulation/nodes/fetch-ahead.ts'
import { Records, whoOf } from '../../../src/simulation/queue/records.ts'

test('when events are about to happen then what their nodes have in a column is read, and nothing else', () => {
  const events = new Records<undefined>()
  const nodes = [3, 9, 3, 0, 7]
  for (const [i, node] of nodes.entries()) events.add(i, whoOf(i, node), 1, undefined)
  const ahead = new FetchAhead(100_000)
  for (const read of [
    (column: number[]) => ahead.bytes(column, events),
    (column: number[]) => ahead.objects(column, events),
  ]) {
    const seen: number[] = []
    const column = Array.from({ length: 10 }, () => 1)
    read(
      new Proxy(column, {
        get(target, name) {
          seen.push(Number(name))
          return target[Number(name)]
        },
      }),
    )
    assert.deepEqual(seen, nodes)
  }
})
