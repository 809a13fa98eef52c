import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meetingView } from '../membership/meeting.ts'
import { place } from '../strategy/recording-host.ts'
import { at, value } from './build.ts'
import { listening } from './listening.ts'

const B = at('b')

function placed() {
  const { strategy, calls } = listening()
  const { view, host: memberHost } = meetingView()
  return { ...place(strategy, { view }), calls, memberHost }
}

test('when a peer is reached then it is up, and nothing counts as received', () => {
  const { node, host } = placed()
  node.meet(B, undefined, 'reached')
  assert.deepEqual(host.seen(), [['peerUp', B]])
  assert.deepEqual(node.peers, [B])
})

test('when somebody only speaks then it is no peer, but a node that knows nobody asks it, and may answer it meanwhile', () => {
  const { node, host, memberHost } = placed()
  node.receive(B, value('a', 1))
  assert.deepEqual([memberHost.greeted, node.peers, node.pick(3)], [[B], [B], [B]])
  assert.deepEqual(host.seen('peerUp'), [])
  node.meet(at('c'), undefined, 'reached')
  node.receive(at('d'), value('a', 2))
  assert.deepEqual([memberHost.greeted, node.peers, node.pick(3)], [[B], [at('c')], [at('c')]])
})

test('when a client hands over a value then nobody is up, nor asked', () => {
  const { node, host, memberHost } = placed()
  node.receive(null, value('a', 1))
  assert.deepEqual([host.seen('peerUp'), memberHost.greeted, node.peers], [[], [], []])
})

test('when a peer cannot be reached then observers are told once until it is reached again, the strategy each time', () => {
  const { node, host, calls } = placed()
  node.meet(B, undefined, 'reached')
  node.peerDown(B)
  node.peerDown(B)
  assert.deepEqual(host.seen('peerDown'), [['peerDown', B]])
  assert.deepEqual(calls, [
    ['onPeerDown', B],
    ['onPeerDown', B],
  ])
  node.meet(B, undefined, 'reached')
  assert.deepEqual(host.seen('peerUp'), [['peerUp', B]])
})
