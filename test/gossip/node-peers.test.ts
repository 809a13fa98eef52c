import assert from 'node:assert/strict'
import { test } from 'node:test'
import { place } from '../strategy/recording-host.ts'
import { at, EXPIRY, row, table, value } from './build.ts'
import { listening } from './listening.ts'

const B = at('b')

function placed() {
  const { strategy, calls } = listening()
  return { ...place(strategy, { view: table() }), calls }
}

test('when a peer speaks and tells of another then both are up, and the rows are merged', () => {
  const { node, host } = placed()
  node.receive(B, { ...value('a', 1), peers: [row('b', 1), row('c', 1)] })
  assert.deepEqual(host.seen('peerUp'), [
    ['peerUp', B],
    ['peerUp', 'c'],
  ])
  assert.deepEqual([...node.peers].sort(), ['b', 'c'])
})

test('when contacts are exchanged without a message then peers are up, and nothing counts as received', () => {
  const { node, host } = placed()
  node.meet(B, [row('b', 1)])
  assert.deepEqual(host.seen(), [['peerUp', B]])
})

test('when a client hands over a value then nobody is up', () => {
  const { node, host } = placed()
  node.receive(null, { ...value('a', 1), peers: [row('b', 1)] })
  assert.deepEqual(host.seen('peerUp'), [])
})

test('when a peer cannot be reached then observers are told once until it speaks again, the strategy each time', () => {
  const { node, host, calls } = placed()
  node.meet(B, [row('b', 1)])
  node.peerDown(B)
  node.peerDown(B)
  assert.deepEqual(host.seen('peerDown'), [['peerDown', B]])
  assert.deepEqual(calls, [
    ['onPeerDown', B],
    ['onPeerDown', B],
  ])
  node.meet(B, [row('b', 2)])
  assert.deepEqual(host.seen('peerUp'), [['peerUp', B]])
})

test('when a peer was silent for the expiry then the next period says so before it calls onPeriod', () => {
  const { node, host, calls } = placed()
  node.meet(B, [row('b', 1)])
  host.nowMs = EXPIRY
  node.period()
  assert.deepEqual(host.seen('peerDown'), [['peerDown', B]])
  assert.deepEqual(calls, [['onPeerDown', B], ['onPeriod']])
})
