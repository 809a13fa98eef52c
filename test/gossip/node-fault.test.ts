import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipNode } from '../../src/gossip/node.ts'
import { strategy, z } from '../../src/gossip/strategy.ts'
import { AsyncHandler, StrategyError } from '../../src/gossip/strategy-error.ts'
import { meetingView } from '../membership/meeting.ts'
import { place, type RecordingHost } from '../strategy/recording-host.ts'
import { at, value } from './build.ts'

const B = at('b')
const fail = (): never => {
  throw new Error('oh no')
}

/** The one fault that was told. */
function faultOf(host: RecordingHost): StrategyError {
  const faults = host.seen('fault')
  assert.equal(faults.length, 1)
  const fault = faults[0]![1]
  assert.ok(fault instanceof StrategyError)
  return fault
}

const failing = strategy({
  summary: 'Fails in every handler.',
  messages: { ask: {} },
  onPeriod: fail,
  onNewer: fail,
  onKnown: fail,
  onOlder: fail,
  onPeerUp: fail,
  onPeerDown: fail,
  onMessage: { ask: fail },
})

const cases = [
  { handler: 'onPeriod', act: ({ node }) => node.period() },
  { handler: 'onNewer', act: ({ node }) => node.receive(B, value('z', 7)) },
  { handler: 'onKnown', act: ({ node }) => node.receive(B, value('m', 7)) },
  { handler: 'onOlder', act: ({ node }) => node.receive(B, value('a', 7)) },
  { handler: 'onPeerDown', act: ({ node }) => node.peerDown(at('p0')) },
  { handler: 'onMessage.ask', act: ({ node }) => node.receive(B, { type: 'ask', fields: {} }) },
] as const satisfies { handler: string; act: (place: Placed) => unknown }[]
type Placed = ReturnType<typeof place>

for (const { handler, act } of cases) {
  test(`when ${handler} throws then a fault names strategy and handler, and the node goes on`, () => {
    const placed = place(failing, { holds: value('m', 7) })
    act(placed)
    const fault = faultOf(placed.host)
    assert.deepEqual([fault.strategy, fault.handler], ['tested', handler])
    assert.equal(fault.message, `strategy tested, ${handler}: oh no`)
    assert.equal(placed.node.receive(B, value('newer', 8)), 'newer')
    assert.equal(placed.node.get()?.value, 'newer')
  })
}

test('when what is thrown is no error then the fault says it all the same', () => {
  const { node, host } = place({
    summary: 'Throws a text.',
    onPeriod() {
      throw 'a text'
    },
  })
  node.period()
  assert.equal(faultOf(host).message, 'strategy tested, onPeriod: a text')
})

test('when state() throws then that is a fault, and the node takes values', () => {
  const { node, host } = place({ summary: 'Fails at once.', state: fail })
  assert.equal(faultOf(host).handler, 'state')
  assert.equal(node.receive(B, value('a', 1)), 'newer')
})

test('when what it told itself makes it throw then that is a fault, and what else waits still comes', () => {
  let done = false
  const act = () => {
    done = true
  }
  const { node, host } = place({
    summary: 'Fails later.',
    messages: { fail: {}, act: {} },
    onMessage: { fail, act },
  })
  node.after(2, 'act', node.self)
  node.after(1, 'fail', node.self)
  host.pass(2)
  assert.equal(faultOf(host).handler, 'onMessage.fail')
  assert.ok(done)
})

test('when item() throws then that is a fault, and the value is taken and told of', () => {
  const told: unknown[] = []
  const onNewer = (_node: unknown, { state }: { state: unknown }): void => void told.push(state)
  const { node, host } = place({ summary: 'Fails with each value.', item: fail, onNewer })
  assert.equal(node.receive(B, value('a', 1)), 'newer')
  assert.equal(faultOf(host).handler, 'item')
  assert.deepEqual(told, [undefined])
})

function talker(onPeriod: (node: GossipNode) => void): object {
  return { summary: 'Talks.', messages: { ask: { what: z.string() } }, onMessage: { ask() {} }, onPeriod }
}

test('when a handler sends without end then it is stopped by a fault, and the next handler may send again', () => {
  let endless = true
  const it = talker((node) => {
    do node.send([at('p0')], 'ask', { what: 'x' })
    while (endless)
  })
  const { node, host } = place(it, { peers: 3 })
  node.period()
  assert.equal(faultOf(host).message, 'strategy tested, onPeriod: sends without end')
  assert.equal(host.sent().length, 1030)
  endless = false
  node.period()
  assert.equal(host.sent().length, 1)
})

test('when a handler sends to every one of many peers then that is no sending without end', () => {
  const { node, host } = place(
    talker((node) => node.send(node.peers, 'ask', { what: 'x' })),
    { peers: 5000 },
  )
  node.period()
  assert.equal(host.sent().length, 5000)
  assert.deepEqual(host.seen('fault'), [])
})

test('when a schema refuses an own message then that is a fault, and nothing is sent', () => {
  const { node, host } = place(talker((node) => node.send([at('p0')], 'ask', { what: 7 })))
  node.period()
  assert.match(
    faultOf(host).message,
    /^strategy tested, onPeriod: message ask refused by its schema: what: .+$/,
  )
  assert.deepEqual(host.sent(), [])
})

test('when a schema refuses an own message to nobody then that is a fault too', () => {
  const { node, host } = place(talker((node) => node.send([], 'ask', { what: 7 })))
  node.period()
  assert.match(faultOf(host).message, /message ask refused/)
})

test('when a strategy sends a message that it has not declared then that is a fault', () => {
  const { node, host } = place(talker((node) => node.send([at('p0')], 'shout', {})))
  node.period()
  assert.equal(faultOf(host).message, 'strategy tested, onPeriod: has no message shout')
})

test('when one peer of several is gone and its handler throws then the others are told as down too', () => {
  const { view } = meetingView({ maxGuests: 0 })
  const { node, host } = place(failing, { view })
  for (const peer of [B, at('c')]) node.meet(peer, undefined, 'reached')
  view.moved(B)
  view.departed(at('c'))
  assert.deepEqual(
    host.seen('peerDown').map(([, peer]) => peer),
    ['b', 'c'],
  )
})

for (const { handler, act } of cases) {
  test(`when ${handler} is async then that is a fault at once, and what comes of its promise harms nobody`, async () => {
    const late = async () => {
      await undefined
      throw new Error('too late')
    }
    const it = {
      ...failing,
      onPeriod: late,
      onNewer: late,
      onKnown: late,
      onOlder: late,
      onPeerUp: late,
      onPeerDown: late,
    }
    const placed = place({ ...it, onMessage: { ask: late } }, { holds: value('m', 7) })
    act(placed)
    const fault = faultOf(placed.host)
    assert.ok(fault.cause instanceof AsyncHandler)
    assert.match(fault.message, new RegExp(`^strategy tested, ${handler}: is async: `))
    // A promise that nobody heard would fail this test.
    await new Promise((resolve) => setImmediate(resolve))
  })
}

test('when state, item, settled or interested answer with anything that has a then then that is a fault', () => {
  // biome-ignore lint/suspicious/noThenProperty: that is the fault
  const thenable = () => ({ then() {} })
  const called = Object.assign(() => {}, thenable())
  const { node, host } = place({
    summary: 'Waits.',
    state: async () => 1,
    item: thenable,
    interested: () => called,
    settled: thenable,
  })
  assert.equal(faultOf(host).handler, 'state')
  node.receive(B, value('a', 1))
  assert.deepEqual(
    host.seen('fault').map(([, it]) => (it as StrategyError).handler),
    ['item', 'interested'],
  )
  assert.equal(node.interested, true)
  assert.equal(faultOf(host).handler, 'settled')
})
