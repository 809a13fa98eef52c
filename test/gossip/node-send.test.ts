import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipNode } from '../../src/gossip/node.ts'
import { z } from '../../src/gossip/strategy.ts'
import { meetingView } from '../membership/meeting.ts'
import { place } from '../strategy/recording-host.ts'
import { addresses, at, ME, value } from './build.ts'

const quiet = { summary: 'Does nothing.' }
const [P0, P1] = [at('p0'), at('p1')]

function period(onPeriod: (node: GossipNode) => void): object {
  return {
    summary: 'One handler.',
    messages: { ask: { what: z.string() } },
    onMessage: { ask() {} },
    onPeriod,
  }
}

test('when the value is sent before there is one then nothing is sent', () => {
  const { node, host } = place(period((node) => node.sendValue([P0])))
  node.period()
  assert.deepEqual(host.sent(), [])
  assert.deepEqual(host.seen('fault'), [])
})

test('when the value is sent then each peer gets it with one hop more than it came with', () => {
  const { node, host } = place(
    period((node) => node.sendValue([P0, P1])),
    { holds: value('a', 7, 4) },
  )
  node.period()
  const message = value('a', 7, 5)
  assert.deepEqual(host.sent(), [
    { to: P0, message },
    { to: P1, message },
  ])
})

test('when an own message is sent then its schema has parsed it, and unknown fields are gone', () => {
  const it = period((node) => node.send([P0], 'ask', { what: 'x', more: 1 }))
  const { node, host } = place(it)
  node.period()
  assert.deepEqual(host.sent(), [{ to: P0, message: { type: 'ask', fields: { what: 'x' } } }])
})

test('when a message is sent to nobody, or to the node itself, then nothing is sent', () => {
  const it = period((node) => {
    node.sendValue([])
    node.send([], 'ask', { what: 'x' })
    node.send([ME], 'ask', { what: 'x' })
    node.sendValue([ME])
  })
  const { node, host } = place(it, { holds: value('a', 7) })
  node.period()
  assert.deepEqual(host.sent(), [])
})

test('when something rides on messages then it does on each', () => {
  const it = period((node) => {
    node.sendValue([P0])
    node.send([P0], 'ask', { what: 'x' })
  })
  const { node, host } = place(it, { view: meetingView().view, holds: value('a', 7) })
  node.period()
  const rides = { greeting: 'hello' }
  assert.deepEqual(
    host.sent().map(({ message }) => message.rides),
    [rides, rides],
  )
})

test('when a node is asked for its peers then it picks and lists them without itself and the excepted', () => {
  const { node } = place(quiet, { peers: 4 })
  assert.deepEqual(node.peers, addresses(4))
  assert.deepEqual(node.pick(9).sort(), addresses(4))
  assert.deepEqual(node.pick(9, new Set([P0])).sort(), addresses(4).slice(1))
  assert.equal(node.pick(2, [P0]).length, 2)
})

test('when chances are taken then one that is 0 never comes and one that is 1 always does', () => {
  const { node } = place(quiet)
  for (let i = 0; i < 100; i++) assert.deepEqual([node.chance(0), node.chance(1)], [false, true])
})

test('when the die shows 0.5 then a chance of 0.5 is missed and one just above it is not', () => {
  const { node } = place(quiet, { random: () => 0.5 })
  assert.deepEqual([node.chance(0.5), node.chance(0.51)], [false, true])
})

test('when a strategy reports then observers are told name and number, and the node has its own number', () => {
  const { node, host } = place(period((node) => node.report('mean', node.number / 2)))
  node.period()
  assert.deepEqual(host.seen(), [['report', 'mean', 21]])
})
