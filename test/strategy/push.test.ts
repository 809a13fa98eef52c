import assert from 'node:assert/strict'
import { test } from 'node:test'
import push from '../../src/strategy/push.ts'
import { at, value } from '../gossip/build.ts'
import { place, type Sent } from './recording-host.ts'

function assertTold(sent: Sent[], peers: number, hops: number): void {
  assert.equal(new Set(sent.map(({ to }) => to)).size, peers)
  assert.deepEqual(
    sent.map(({ message }) => message),
    Array(peers).fill(value('a', 7, hops)),
  )
}

test('when a client hands it a value then it tells fanout peers at once', () => {
  const { node, host } = place(push, { peers: 9 })
  node.receive(null, value('a', 7))
  assertTold(host.sent(), 3, 1)
})

test('when a peer sends a newer value then it tells fanout peers at once, one hop on', () => {
  const { node, host } = place(push, { peers: 9, options: { fanout: 5 } })
  node.receive(at('p0'), value('a', 7, 4))
  assertTold(host.sent(), 5, 5)
})

test('when a period passes then it tells fanout peers again, each period', () => {
  const { node, host } = place(push, { peers: 9, holds: value('a', 7) })
  for (const _ of [1, 2, 3]) {
    node.period()
    assertTold(host.sent(), 3, 1)
  }
})

test('when it knows fewer peers than fanout then it tells each of them once', () => {
  const { node, host } = place(push, { peers: 2, holds: value('a', 7) })
  node.period()
  assertTold(host.sent(), 2, 1)
})

test('when a period passes before it holds a value then it sends nothing', () => {
  const { node, host } = place(push)
  node.period()
  assert.deepEqual(host.sent(), [])
})

for (const [what, message] of [
  ['the value it holds', value('a', 7)],
  ['an older value', value('z', 6)],
] as const) {
  test(`when a peer sends ${what} then it sends nothing`, () => {
    const { node, host } = place(push, { holds: value('a', 7) })
    node.receive(at('p0'), message)
    assert.deepEqual(host.sent(), [])
  })
}

test('when it holds a value then it is interested for good, and before not', () => {
  const { node } = place(push)
  assert.equal(node.interested, false)
  node.receive(null, value('a', 7))
  for (let i = 0; i < 100; i++) node.period()
  assert.equal(node.interested, true)
})

for (const fanout of [0, -1, 1.5, 'many']) {
  test(`when fanout is ${fanout} then it is refused`, () => {
    assert.throws(() => place(push, { options: { fanout } }), /options of tested: fanout: /)
  })
}
