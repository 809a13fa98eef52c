import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { appearanceOf, newestOf } from '../../../src/page/model/appearance.ts'
import { Model } from '../../../src/page/model/model.ts'
import { MAX_SPREADS } from '../../../src/page/wire.ts'
import { nameOf, row } from './story.ts'

const updated = (timestamp: number, node = 0, at = timestamp): GossipEvent => ({
  at,
  node: nameOf(node),
  event: 'updated',
  type: 'value',
  timestamp,
  ...(node === 0 ? {} : { peer: nameOf(0), hops: 1 }),
})

const id = (timestamp: number) => ({ key: '', timestamp })

function two(): Model {
  const model = new Model()
  model.rows([row({ number: 0 }), row({ number: 1, address: nameOf(1) })])
  return model
}

test('when more values spread than are kept then the oldest go, and do not come again', () => {
  const model = two()
  for (let i = 1; i <= MAX_SPREADS + 3; i++) model.see(updated(i))
  const kept = model.spreads.map((it) => it.timestamp)
  assert.deepEqual(
    kept,
    Array.from({ length: MAX_SPREADS }, (_, i) => i + 4),
  )
  model.see(updated(2, 1))
  assert.deepEqual(
    model.spreads.map((it) => it.timestamp),
    kept,
  )
})

test('when an older value is told of late then the newest stays the last', () => {
  const model = two()
  model.see(updated(9))
  model.see(updated(5))
  assert.equal(model.last?.timestamp, 9)
  assert.deepEqual(
    model.spreads.map((it) => it.number),
    [2, 1],
  )
})

test('when every live node has it then it is finished, and its story ends with the last of them', () => {
  const model = two()
  model.see(updated(10))
  assert.equal(model.isFinished(model.last!), false)
  model.see(updated(10, 1, 14))
  assert.equal(model.isFinished(model.last!), true)
  model.see({ ...updated(10, 1, 99), event: 'sent' })
  assert.equal(model.endOf(model.last!), 14)
})

test('when the one that lacks it dies then it is finished, and when that one starts again it is not', () => {
  const model = two()
  model.see(updated(10))
  model.see({ at: 11, node: nameOf(1), event: 'stopped' })
  assert.equal(model.isComplete(model.last!), true)
  assert.equal(appearanceOf(model, nameOf(1), id(10)), 'dead')
  model.see({ at: 12, node: nameOf(1), event: 'started' })
  assert.equal(model.isComplete(model.last!), false)
  assert.equal(appearanceOf(model, nameOf(1), id(10)), 'susceptible')
})

test('when no node takes it for two and a half periods, and 1.5 s at least, then it has come to rest', () => {
  const model = two()
  model.period = 1000
  model.see(updated(10))
  assert.equal(model.isFinished(model.last!, 2510), false)
  assert.equal(model.isFinished(model.last!, 2511), true)
  model.period = 10
  assert.equal(model.isFinished(model.last!, 1510), false)
  assert.equal(model.isFinished(model.last!, 1511), true)
})

test('when a node is restarted with what it had then its row says that it has it', () => {
  const model = two()
  model.see(updated(10))
  model.see({ at: 11, node: nameOf(0), event: 'stopped' })
  model.see({ at: 12, node: nameOf(0), event: 'started' })
  assert.equal(appearanceOf(model, nameOf(0), id(10)), 'susceptible')
  model.rows([row({ timestamp: 10, value: 'x' })])
  assert.equal(appearanceOf(model, nameOf(0), id(10)), 'infected')
  assert.equal(model.textOf(id(10)), 'x')
})

test('when rows say how nodes are then so they look', () => {
  const model = new Model()
  const looks = [
    row({ number: 0, state: 'dead' }),
    row({ number: 1, state: 'absent' }),
    row({ number: 2, state: 'paused' }),
    row({ number: 3, state: 'unreachable' }),
    row({ number: 4, timestamp: 7, interested: false }),
    row({ number: 5, timestamp: 7, interested: true }),
    row({ number: 6, timestamp: 6, interested: false }),
    row({ number: 7 }),
  ].map((it) => ({ ...it, address: nameOf(it.number) }))
  model.rows(looks)
  assert.equal(newestOf(model)?.timestamp, 7)
  assert.deepEqual(
    looks.map(({ address }) => appearanceOf(model, address, id(7))),
    ['dead', 'dead', 'paused', 'unreachable', 'removed', 'infected', 'susceptible', 'susceptible'],
  )
})

test('when rows are those of the end of a recording then nodes that are dead in it run until they stop', () => {
  const model = new Model()
  model.rows([row({ state: 'dead' })], true)
  model.see(updated(10))
  assert.equal(model.last!.atFirst.down.size, 0)
})

test('when nobody holds anything then every node is susceptible', () => {
  const model = two()
  assert.equal(appearanceOf(model, nameOf(0), newestOf(model)), 'susceptible')
})

test('when a watch begins while a value spreads then a node that runs on has not started, and one that began meanwhile has', () => {
  const model = two()
  model.see(updated(10))
  const told = { at: 20, node: nameOf(0), event: 'started', since: 5, timestamp: 10 } as const
  model.see(told)
  assert.deepEqual(model.last!.changes, [])
  assert.equal(appearanceOf(model, nameOf(0), id(10)), 'infected')
  // The other one was not followed when it began anew.
  model.see({ at: 21, node: nameOf(1), event: 'started', since: 12 })
  model.see({ at: 30, node: nameOf(1), event: 'started', since: 12 })
  model.see({ ...told, at: 31 })
  assert.deepEqual(
    model.last!.changes.map(({ node, is, at }) => [node, is, at]),
    [[nameOf(1), 'started', 21]],
  )
})

test('when the watch of a node breaks off and begins again then what it holds under keys is not lost', () => {
  const model = two()
  model.see({ at: 1, node: nameOf(0), event: 'started' })
  model.see({ ...updated(10), key: 'k' })
  model.see({ at: 20, node: nameOf(0), event: 'started', since: 1 })
  assert.deepEqual([...model.last!.holders], [nameOf(0)])
  assert.deepEqual(model.last!.changes, [])
})
