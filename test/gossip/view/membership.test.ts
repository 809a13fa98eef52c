import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address, membership, z } from '../../../src/gossip/membership.ts'
import type { Fields } from '../../../src/gossip/message.ts'
import { membershipProtocol } from '../../../src/gossip/protocol.ts'
import { strategy } from '../../../src/gossip/strategy.ts'
import {
  MEMBERSHIP_LIMITS,
  type MembershipLimits,
  MembershipView,
} from '../../../src/gossip/view/membership.ts'
import { place as placeMembership, RecordingMembershipHost } from '../../membership/place.ts'
import { place } from '../../strategy/recording-host.ts'
import { at, ME, value } from '../build.ts'
import { dice } from '../dice.ts'

/** Does what its messages say. */
const obedient = membership({
  summary: 'Does as it is told.',
  messages: {
    add: { peers: z.array(address()) },
    drop: { peers: z.array(address()) },
    later: { in: z.number() },
  },
  onMessage: {
    add(node, _from, { peers }) {
      for (const it of peers) node.add(it)
    },
    drop(node, _from, { peers }) {
      for (const it of peers) node.drop(it)
    },
    later: (node, _from, fields) => node.after(fields.in, 'add', node.self, { peers: [at('later')] }),
  },
})

const fail = (): never => {
  throw new Error('oh no')
}

/** A strategy on a membership, on one node. */
function both(theStrategy: unknown, theMembership: unknown, limits: Partial<MembershipLimits> = {}) {
  const memberHost = new RecordingMembershipHost(dice(2), () => true)
  const view = new MembershipView(ME, membershipProtocol('tested', theMembership), memberHost, {
    ...MEMBERSHIP_LIMITS,
    ...limits,
  })
  return { ...place(theStrategy, { view }), view, memberHost }
}

test('when a membership takes and drops peers then strategies may pick them, and are told, after its handler', () => {
  const told: string[] = []
  const listening = strategy({
    summary: 'Listens.',
    onPeerUp: (node, peer) => void told.push(`up ${peer} of ${node.peers}`),
    onPeerDown: (node, peer) => void told.push(`down ${peer} of ${node.peers}`),
  })
  const { node, host } = both(listening, obedient)
  const say = (name: string, fields: Fields) =>
    node.receiveMembership(at('x'), { type: 'membership', name, fields })
  say('add', { peers: [at('a'), at('b'), ME] })
  assert.deepEqual(told.splice(0), ['up a of a,b', 'up b of a,b'])
  assert.deepEqual(node.pick(5).map(String).sort(), ['a', 'b'])
  say('drop', { peers: [at('a'), at('nobody')] })
  assert.deepEqual(told.splice(0), ['down a of b'])
  say('drop', { peers: [at('b')] })
  say('add', { peers: [at('b')] })
  assert.deepEqual(told.splice(0), ['down b of ', 'up b of b'])
  assert.deepEqual(
    host.seen('peerUp', 'peerDown').map(([event, peer]) => `${event} ${peer}`),
    ['peerUp a', 'peerUp b', 'peerDown a', 'peerDown b', 'peerUp b'],
  )
})

test('when a peer is taken later, by a message of the node to itself, then strategies are told; not after it stopped', () => {
  const { node, memberHost } = both(strategy({ summary: 'Nothing.' }), obedient)
  node.receiveMembership(at('x'), { type: 'membership', name: 'later', fields: { in: 2 } })
  memberHost.pass(3)
  assert.deepEqual(node.peers, [at('later')])
  node.receiveMembership(at('x'), { type: 'membership', name: 'drop', fields: { peers: [at('later')] } })
  node.receiveMembership(at('x'), { type: 'membership', name: 'later', fields: { in: 2 } })
  node.stop()
  memberHost.pass(3)
  assert.deepEqual(node.peers, [])
})

test('when there are more peers than there is room for, or that the host does not allow, then they are none', () => {
  const placed = placeMembership(obedient, { limits: { maxPeers: 3 }, allows: (it) => it !== at('b') })
  placed.hear('x', 'add', { peers: ['a', 'b', 'c', 'd', 'e'].map(at) })
  assert.deepEqual(placed.peers, ['a', 'c', 'd'])
})

test('when a membership speaks to who is not allowed, or to itself, then nothing is sent', () => {
  const eager = membership({
    summary: 'Tells whom it is told of.',
    messages: { hello: {} },
    onContact: (node, contact) => node.send([contact, node.self, at('b')], 'hello'),
    onMessage: { hello() {} },
  })
  const { view, host } = placeMembership(eager, { allows: (it) => it !== at('b') })
  view.reached(at('a'))
  view.reached(at('b'))
  view.heard(at('b'))
  assert.deepEqual(host.said(), ['hello>a'])
})

test('when somebody speaks who is no peer then a strategy may answer it; of very many the eldest are told to be gone', () => {
  const gone: unknown[] = []
  const answering = strategy({
    summary: 'Answers.',
    messages: { ask: {}, answer: {} },
    onPeerDown: (_node, peer) => void gone.push(peer),
    onMessage: { ask: (node, from) => node.send([from], 'answer'), answer() {} },
  })
  const { node, host } = both(answering, obedient, { maxPeers: 10, maxGuests: 3 })
  for (let i = 0; i < 5; i++) node.receive(at(`s${i}`), { type: 'ask', fields: {} })
  assert.deepEqual(
    host.sent().map(({ to }) => to),
    ['s0', 's1', 's2', 's3', 's4'].map(at),
  )
  assert.deepEqual(gone, [at('s0'), at('s1')])
  assert.deepEqual(node.peers, [at('s4')], 'one that knows nobody may well speak to who spoke last')
  assert.deepEqual(host.seen('peerDown'), [])
})

test('when a peer can not be reached then the strategy is told once, whatever the membership does about it', () => {
  const down: unknown[] = []
  const listening = strategy({ summary: 'Listens.', onPeerDown: (_node, peer) => void down.push(peer) })
  const dropping = membership({ ...obedient, onUnreachable: (node, peer) => node.drop(peer) })
  const keeping = membership({ ...obedient })
  for (const [it, isNews] of [
    [dropping, true],
    [keeping, false],
  ] as const) {
    const { node, host } = both(listening, it)
    node.receiveMembership(at('x'), { type: 'membership', name: 'add', fields: { peers: [at('a')] } })
    host.seen()
    node.peerDown(at('a'))
    assert.deepEqual(down.splice(0), [at('a')])
    assert.equal(host.seen('peerDown').length, isNews ? 1 : 0)
  }
})

test('when strategy and membership have messages of the same name then each gets its own', () => {
  const heard: string[] = []
  const one = strategy({
    summary: 'One.',
    messages: { hello: {} },
    onMessage: { hello: () => void heard.push('strategy') },
  })
  const other = membership({
    summary: 'Another.',
    messages: { hello: {} },
    onContact() {},
    onMessage: { hello: () => void heard.push('membership') },
  })
  const { node } = both(one, other)
  node.receive(at('a'), { type: 'hello', fields: {} })
  assert.equal(node.receiveMembership(at('a'), { type: 'membership', name: 'hello', fields: {} }), true)
  assert.equal(
    node.receiveMembership(at('a'), { type: 'membership', name: 'constructor', fields: {} }),
    false,
  )
  assert.deepEqual(heard, ['strategy', 'membership'])
})

const counting = membership({
  summary: 'Counts what leaves.',
  messages: { hello: {} },
  rides: { count: z.int() },
  state: () => ({ count: 0 }),
  onPeriod: (node) => node.send([at('m')], 'hello'),
  onContact: (node, contact) => void node.add(contact),
  onMessage: { hello() {} },
  ride({ state }) {
    state.count += 1
    return { count: state.count }
  },
  onRide: (node, from, { count }) => node.log(from, count),
})

test('when anything leaves then what rides is on it, once for all it goes to; and who gets it is told before the message is', () => {
  const chatty = strategy({
    summary: 'Tells all of a value, and in the middle of a handler goes on.',
    messages: { more: {} },
    onNewer(node) {
      node.sendValue(node.peers)
      node.send(node.peers, 'more')
    },
    onMessage: { more() {} },
  })
  const { node, host, memberHost } = both(chatty, counting)
  node.meet(at('a'), undefined, 'reached')
  node.meet(at('b'), undefined, 'reached')
  node.receive(null, value('v', 1))
  node.period()
  assert.deepEqual(
    host.sent().map(({ to, message }) => [to, message.type, message.rides]),
    [
      [at('a'), 'value', { count: 1 }],
      [at('b'), 'value', { count: 1 }],
      [at('a'), 'more', { count: 2 }],
      [at('b'), 'more', { count: 2 }],
    ],
  )
  assert.deepEqual(memberHost.sent()[0]!.message.rides, { count: 3 })
  node.receive(at('a'), { ...value('w', 2), rides: { count: 7 } })
  node.receiveMembership(at('b'), { type: 'membership', name: 'hello', fields: {}, rides: { count: 8 } })
  assert.deepEqual(memberHost.lines, [
    [at('a'), 7],
    [at('b'), 8],
  ])
})

for (const [handler, theMembership] of Object.entries({
  state: { state: fail },
  onContact: { onContact: fail },
  onPeriod: { onPeriod: fail },
  onUnreachable: { onUnreachable: fail },
  onGoodbye: { onGoodbye: fail },
  'onMessage.hello': { messages: { hello: {} }, onMessage: { hello: fail } },
  ride: { rides: { it: z.int() }, ride: fail },
  onRide: { rides: { it: z.int() }, onRide: fail },
})) {
  test(`when ${handler} fails then a fault names membership and handler, and the strategy goes on`, () => {
    const pushing = strategy({ summary: 'Tells all.', onPeriod: (node) => node.sendValue([at('a')]) })
    const placed = both(pushing, { summary: 'Fails.', ...theMembership })
    const { node, host, view, memberHost } = placed
    node.receive(null, value('v', 1))
    node.meet(at('a'), undefined, 'reached')
    view.departed(at('a'))
    node.peerDown(at('a'))
    node.receiveMembership(at('a'), { type: 'membership', name: 'hello', fields: {}, rides: { it: 1 } })
    node.period()
    assert.deepEqual(
      memberHost.faults.map(({ message }) => message),
      [`membership tested, ${handler}: oh no`],
    )
    assert.equal(host.sent().length, 1)
    assert.deepEqual(host.seen('fault'), [])
  })
}

test('when ride sends then that is a fault: another message is leaving just then', () => {
  const looping = membership({
    summary: 'Sends as something leaves.',
    messages: { hello: {} },
    rides: { it: z.int() },
    onPeriod: (node) => node.send([at('a')], 'hello'),
    onMessage: { hello() {} },
    ride(node) {
      node.send([at('a')], 'hello')
      return { it: 1 }
    },
  })
  const { view, host } = placeMembership(looping)
  view.period()
  assert.deepEqual(host.said(), ['hello>a'])
  assert.match(host.faults[0]!.message, /^membership tested, ride: sends hello in ride/)
})

test('when a handler asks or sends without end then that is a fault, also where strategy and membership take turns', () => {
  const endless = membership({
    summary: 'Without end.',
    messages: { hello: {} },
    onPeriod(node) {
      for (;;) node.send([at('a')], 'hello')
    },
    onContact(node) {
      for (;;) node.pick(1)
    },
    onMessage: { hello() {} },
  })
  const { view, host } = placeMembership(endless)
  view.period()
  view.reached(at('a'))
  assert.deepEqual(
    host.faults.map(({ message }) => message.replace(/\d+/, 'N')),
    [
      'membership tested, onPeriod: sends without end',
      'membership tested, onContact: loops without end: it has asked its node N times (pick, chance, lacks, ...)',
    ],
  )
  const sending = strategy({
    summary: 'Without end, and something rides on each.',
    onPeriod(node) {
      for (;;) node.sendValue([at('a')])
    },
  })
  const placed = both(sending, counting)
  placed.node.receive(null, value('v', 1))
  placed.node.period()
  assert.equal(
    String(placed.host.seen('fault')[0]![1]),
    'StrategyError: strategy tested, onPeriod: sends without end',
  )
})

test('when a membership declares links then a strategy sees its peers as such, else none', () => {
  for (const links of [true, undefined] as const) {
    const { node } = both(strategy({ summary: 'Nothing.' }), { ...obedient, ...(links && { links }) })
    node.receiveMembership(at('x'), { type: 'membership', name: 'add', fields: { peers: [at('a')] } })
    assert.deepEqual(node.links, links ? [at('a')] : null)
  }
})

for (const [what, it, says] of [
  [
    'lacks a handler',
    { messages: { hello: {} } },
    'not a membership: onMessage: has no handler for the message hello',
  ],
  ['misspells one', { onPeriods() {} }, /onPeriods/],
  ['is a strategy', { onNewer() {} }, /onNewer/],
] as const) {
  test(`when a file ${what} then one line says so`, () => {
    const declared = (): unknown => membershipProtocol('it', { summary: 'It.', ...it })
    assert.throws(declared, typeof says === 'string' ? { message: says } : says)
  })
}
