/** Kempe, Dobra, Gehrke 2003, Protocol Push-Sum. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OwnMessage } from '../../src/gossip/message.ts'
import pushSum from '../../src/strategy/push-sum.ts'
import { at, value } from '../gossip/build.ts'
import { place } from './recording-host.ts'

const share = (sum: number, weight: number) => ({ type: 'share', fields: { sum, weight } })

test('when a period passes then half of sum and weight goes to one peer, and half stays', () => {
  const { node, host } = place(pushSum, { peers: 1 })
  node.period()
  assert.deepEqual(
    host.sent().map(({ message }) => (message as OwnMessage).fields),
    [{ sum: 21, weight: 0.5 }],
  )
  assert.deepEqual(host.seen('report'), [['report', 'mean', 42]])
})

test('when shares come then they are added, and the estimate is sum / weight', () => {
  const { node, host } = place(pushSum, { peers: 0 })
  node.receive(at('p0'), share(8, 1))
  node.period()
  assert.deepEqual(host.seen('report'), [['report', 'mean', 25]])
})

test('sum: when a client propagates a value then that node alone has weight; before it there is no estimate', () => {
  const { node, host } = place(pushSum, { peers: 0, options: { aggregate: 'sum' } })
  node.period()
  assert.deepEqual(host.seen('report'), [])
  node.receive(null, value('sum?', 1))
  node.period()
  assert.deepEqual(host.seen('report'), [['report', 'sum', 42]])
})
