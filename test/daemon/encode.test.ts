import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatAddress } from '../../src/daemon/address/address.ts'
import { type Ack, encode, encodeAck, encodeContacts, encodeError, parseLine } from '../../src/daemon/wire.ts'
import type { OwnMessage, ValueMessage } from '../../src/gossip/message.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { strategy, z } from '../../src/gossip/strategy.ts'
import { lineOf } from './line-of.ts'
import { heartbeats } from './node.ts'

const own = protocol(
  'own',
  strategy({
    summary: 'Has a message and a field of its own.',
    messages: { have: { version: z.string() } },
    carries: { counter: z.int() },
    onMessage: { have() {} },
  }),
)
const from = formatAddress({ host: '127.0.0.1', port: 7001 })
const peers = [{ address: from, heartbeat: 5 }]

test('a value is written with the fields of the wire, and what it carries beside them', () => {
  const message = {
    type: 'value',
    key: '',
    value: 'x',
    timestamp: 5,
    hops: 1,
    fields: { counter: 2 },
    rides: { peers },
  } as const
  assert.deepEqual(JSON.parse(lineOf(from, message)), {
    type: 'value',
    value: 'x',
    timestamp: 5,
    counter: 2,
    from: '127.0.0.1:7001',
    hops: 1,
    peers: [{ address: '127.0.0.1:7001', heartbeat: 5 }],
  })
})

test('when a value came with as many hops as there may be then it is passed on as a line that others accept', () => {
  const received = parseLine(
    '{"type":"value","value":"x","timestamp":5,"from":"127.0.0.1:7002","hops":1000000000}',
    own,
    heartbeats(),
  )
  assert.ok(received.kind === 'gossip' && received.message.type === 'value')
  const message = { ...received.message, hops: (received.message as ValueMessage).hops + 1 } as ValueMessage
  const passedOn = parseLine(lineOf(from, message), own, heartbeats())
  assert.ok(passedOn.kind === 'gossip')
  assert.equal((passedOn.message as ValueMessage).hops, 1e9)
})

test('every message is one line that reads back as the same message', () => {
  const text = fc.string({ unit: 'grapheme' })
  const plain = { noNullPrototype: true }
  const value = fc.record(
    {
      type: fc.constant('value' as const),
      key: fc.constantFrom('', 'k', 'a/b', 'ä\n'),
      value: text,
      timestamp: fc.nat(),
      hops: fc.nat(1000),
      fields: fc.record({ counter: fc.integer() }, plain),
      rides: fc.constantFrom({ peers: [] }, { peers }),
    },
    plain,
  )
  const have = fc.record(
    {
      type: fc.constant('have'),
      fields: fc.record({ version: text }, plain),
      rides: fc.constantFrom({ peers: [] }, { peers }),
    },
    plain,
  )
  fc.assert(
    fc.property(fc.oneof(value, have), (message: ValueMessage | OwnMessage) => {
      const line = lineOf(from, message)
      assert.equal(line.indexOf('\n'), line.length - 1)
      const { rides, ...rest } = message
      assert.deepEqual(parseLine(line, own, heartbeats()), {
        ...{ kind: 'gossip', from, rides },
        peers: rides!.peers,
        message: rest,
      })
    }),
  )
})

test('contacts read back as they were', () => {
  for (const type of ['hi', 'welcome'] as const) {
    const line = encodeContacts(type, from, peers, { peers, also: 1 })
    assert.deepEqual(JSON.parse(line), { type, from, peers, rides: { also: 1 } })
    assert.deepEqual(parseLine(line, own, heartbeats()), { kind: type, from, peers, rides: { peers } })
  }
})

test('an error is one line, whatever it says', () => {
  assert.equal(encodeError('a\nb'), '{"type":"error","error":"a\\nb"}\n')
})

test('an acknowledgement is written as every other line', () => {
  const ack = fc.record<Ack>(
    {
      type: fc.constant('ack'),
      outcome: fc.constantFrom('accepted', 'ignored', 'refused'),
      timestamp: fc.maxSafeNat(),
      reason: fc.string({ unit: 'binary' }),
    },
    { requiredKeys: ['type', 'outcome', 'timestamp'] },
  )
  fc.assert(fc.property(ack, (it) => assert.equal(encodeAck(it), encode(it))))
})
