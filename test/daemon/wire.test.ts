import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ProtocolError, parseLine } from '../../src/daemon/wire.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { strategy, z } from '../../src/gossip/strategy.ts'
import { heartbeats, pushTo } from './node.ts'

const push = pushTo(3)
const own = protocol(
  'own',
  strategy({
    summary: 'Has a message and a field of its own.',
    messages: { have: { version: z.string() } },
    carries: { counter: z.int() },
    onMessage: { have() {} },
  }),
)
const peers = [{ address: '127.0.0.1:7000', heartbeat: 1_764_000_000_000 }]

function parse(message: unknown, by = push) {
  return parseLine(JSON.stringify(message), by, heartbeats())
}

test('a value from a client has no sender, and hops 0 whatever it claims', () => {
  const message = { type: 'value', key: '', value: 'x', timestamp: 5, hops: 0, fields: undefined }
  const expected = { kind: 'gossip', from: null, message, peers: [] }
  assert.deepEqual(parse({ type: 'value', value: 'x', timestamp: 5 }), expected)
  assert.deepEqual(parse({ type: 'value', value: 'x', timestamp: 5, hops: 7 }), expected)
})

test('a value from a peer keeps sender, peers and hops', () => {
  assert.deepEqual(
    parse({ type: 'value', value: '', timestamp: 0, from: '127.0.0.1:7001', peers, hops: 2 }),
    {
      kind: 'gossip',
      from: '127.0.0.1:7001',
      message: { type: 'value', key: '', value: '', timestamp: 0, hops: 2, fields: undefined },
      ...{ peers, rides: { peers } },
    },
  )
})

test('hi and welcome name their sender and peers', () => {
  for (const type of ['hi', 'welcome']) {
    const expected = { kind: type, from: '[::1]:7000', peers, rides: { peers } }
    assert.deepEqual(parse({ type, from: '[::1]:7000', peers }), expected)
  }
})

test('status and watch need nothing', () => {
  assert.deepEqual(parse({ type: 'status' }), { kind: 'status' })
  assert.deepEqual(parse({ type: 'watch' }), { kind: 'watch' })
})

test('unknown fields are ignored', () => {
  const more = { colour: 'red', nested: { deep: [1] } }
  assert.deepEqual(parse({ type: 'status', ...more }), { kind: 'status' })
  assert.deepEqual(
    parse({ type: 'value', value: 'x', timestamp: 5, ...more }),
    parse({ type: 'value', value: 'x', timestamp: 5 }),
  )
  assert.deepEqual(parse({ type: 'have', from: '127.0.0.1:7001', version: 'v', ...more }, own), {
    kind: 'gossip',
    from: '127.0.0.1:7001',
    message: { type: 'have', fields: { version: 'v' } },
    ...{ peers: [], rides: { peers: [] } },
  })
})

test("a strategy's own message has the fields of its schema", () => {
  assert.deepEqual(parse({ type: 'have', from: '127.0.0.1:7001', peers, version: 'v' }, own), {
    kind: 'gossip',
    from: '127.0.0.1:7001',
    message: { type: 'have', fields: { version: 'v' } },
    ...{ peers, rides: { peers } },
  })
})

test('what a value carries is read, and left out where another strategy sent it', () => {
  const value = { type: 'value', value: 'x', timestamp: 5, from: '127.0.0.1:7001', peers }
  const fields = (it: object) => (parse(it, own) as { message: { fields: unknown } }).message.fields
  assert.deepEqual(fields({ ...value, counter: 3 }), { counter: 3 })
  assert.equal(fields(value), undefined)
  assert.equal(fields({ ...value, counter: 'three' }), undefined)
})

test('an unknown type with a sender is a message of another strategy', () => {
  assert.deepEqual(parse({ type: 'graft', from: '127.0.0.1:7001', peers, round: 3 }), {
    kind: 'gossip',
    from: '127.0.0.1:7001',
    message: { type: 'graft', fields: {} },
    ...{ peers, rides: { peers } },
  })
})

test('an unknown type without a sender is an error that names it', () => {
  assert.throws(() => parse({ type: 'graft' }), /unknown type graft/)
  assert.throws(() => parse({ type: 'a\nb' }), /unknown type "a\\nb"/)
})

const from = '127.0.0.1:7001'
const wrong: Record<string, string> = {
  'no JSON': 'value x',
  'half an object': '{"type":"status"',
  'two objects': '{"type":"status"}{"type":"status"}',
  null: 'null',
  'a number': '5',
  'a text': '"status"',
  'a list': '[{"type":"status"}]',
  'no type': '{}',
  'a type that is no text': '{"type":5}',
  'a value that is no text': '{"type":"value","value":5,"timestamp":1}',
  'no value': '{"type":"value","timestamp":1}',
  'no timestamp': '{"type":"value","value":"x"}',
  'a timestamp that is a text': '{"type":"value","value":"x","timestamp":"1"}',
  'a timestamp below 0': '{"type":"value","value":"x","timestamp":-1}',
  'half a ms': '{"type":"value","value":"x","timestamp":1.5}',
  'a timestamp that is no exact number': '{"type":"value","value":"x","timestamp":9007199254740993}',
  'hops below 0': `{"type":"value","value":"x","timestamp":1,"from":"${from}","hops":-1}`,
  'a sender without a port': '{"type":"value","value":"x","timestamp":1,"from":"127.0.0.1"}',
  'a sender that is no text': '{"type":"value","value":"x","timestamp":1,"from":5}',
  'a sender that is null': '{"type":"graft","from":null}',
  'peers that are no list': `{"type":"hi","from":"${from}","peers":{}}`,
  'hi without peers': `{"type":"hi","from":"${from}"}`,
  'hi without a sender': '{"type":"hi","peers":[]}',
  'a row without a heartbeat': `{"type":"hi","from":"${from}","peers":[{"address":"${from}"}]}`,
  'a row with a bad address': `{"type":"hi","from":"${from}","peers":[{"address":"x","heartbeat":1}]}`,
  'a row with a bad heartbeat': `{"type":"hi","from":"${from}","peers":[{"address":"${from}","heartbeat":"1"}]}`,
  'an own message without its field': `{"type":"have","from":"${from}"}`,
}

for (const [what, line] of Object.entries(wrong)) {
  test(`wrong: ${what}: one clear line`, () => {
    assert.throws(
      () => parseLine(line, own, heartbeats()),
      (fault: Error) => {
        assert.ok(fault instanceof ProtocolError, `${fault}`)
        assert.match(fault.message, /^[^\n]{10,300}$/)
        return true
      },
    )
  })
}

test('an error from the other end is one whatever it holds', () => {
  for (const error of ['x', 5, null, undefined, [1], {}, { toString: 1 }]) {
    assert.equal(parse({ type: 'error', error }).kind, 'error')
  }
})

test('however long and odd a message is, what is said of it quotes a little, and is safe to be shown', () => {
  const odd = `\u202e\x9b\n${'x'.repeat(30_000)}`
  const row = { address: odd, heartbeat: odd }
  const messages = [
    { type: odd },
    { type: odd, from: odd },
    { type: 'value', value: 5, timestamp: odd, from: odd, hops: odd, peers: odd },
    { type: 'hi', from, peers: Array.from({ length: 256 }, () => row) },
  ]
  for (const message of messages) {
    assert.throws(
      () => parse(message),
      (fault: Error) => {
        assert.match(fault.message, /^[^\p{Cc}\u202e]{10,600}$/u)
        return true
      },
    )
  }
  assert.throws(() => parse({ type: 'value', value: 5, timestamp: 1 }), /value: 5 must be text/)
  assert.throws(() => parse({ type: 'value', value: 'x', timestamp: 'soon' }), /timestamp: "soon" must be a/)
})

test('more rows than anyone sends are refused', () => {
  const rows = (count: number) => Array.from({ length: count }, () => peers[0])
  assert.equal(parse({ type: 'hi', from, peers: rows(256) }).kind, 'hi')
  assert.throws(() => parse({ type: 'hi', from, peers: rows(257) }), ProtocolError)
})

test('whatever comes is a request or a wire fault, nothing else', () => {
  const types = ['value', 'hi', 'welcome', 'status', 'watch', 'have', 'graft', 'ack', '__proto__', '']
  const part = fc.oneof(fc.jsonValue(), fc.constantFrom(from, 1, 'x', peers))
  const message = fc.record(
    { type: fc.constantFrom(...types), value: part, timestamp: part, from: part, peers: part, hops: part },
    { requiredKeys: ['type'] },
  )
  const line = fc.oneof(
    fc.string(),
    fc.json(),
    message.map((it) => JSON.stringify(it)),
  )
  fc.assert(
    fc.property(line, (text) => {
      try {
        assert.ok(parseLine(text, own, heartbeats()).kind)
      } catch (fault) {
        assert.ok(fault instanceof ProtocolError, `${fault}`)
      }
    }),
    { numRuns: 500 },
  )
})
