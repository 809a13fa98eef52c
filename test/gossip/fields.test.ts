/** What is received is plain data that nobody can change: not the receivers, and not the sender later. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fieldsReceived, fieldsToSend } from '../../src/gossip/fields.ts'
import { z } from '../../src/gossip/strategy.ts'
import { SchemaViolation, StrategyError } from '../../src/gossip/strategy-error.ts'
import { place } from '../strategy/recording-host.ts'
import { at, value } from './build.ts'

const B = at('b')

function assertFrozen(it: unknown): void {
  if (typeof it !== 'object' || it === null) return
  assert.ok(Object.isFrozen(it))
  for (const one of Object.values(it)) assertFrozen(one)
}

test('when any JSON is sent then what arrives is what JSON brings, and frozen through and through', () => {
  const schema = z.object({ it: z.any() })
  fc.assert(
    fc.property(fc.jsonValue(), (it) => {
      const sent = fieldsToSend('x', schema, { it })
      assert.deepEqual(sent, JSON.parse(JSON.stringify({ it })))
      assert.deepEqual(fieldsReceived(schema, JSON.parse(JSON.stringify(sent))), sent)
      assertFrozen(sent)
    }),
  )
})

test('when a sender changes what it has sent then that changes nothing of it, and it may', () => {
  const mine = { list: [1], deep: { one: [{ two: 2 }] } }
  const schemas = [z.object({ list: z.array(z.number()), deep: z.any() }), z.looseObject({})]
  for (const schema of schemas) {
    const sent = fieldsToSend('x', schema, mine)
    mine.list.push(2)
    mine.deep.one[0]!.two += 1
    assert.notDeepEqual(sent, mine)
    const flat = { number: 1 }
    const alone = fieldsToSend('x', z.object({ number: z.number() }), flat)
    flat.number = 2
    assert.deepEqual(alone, { number: 1 })
  }
})

const itself: unknown[] = []
itself.push(itself)
const unfit = {
  'a Set': new Set([1]),
  'a Map': new Map(),
  'a Date': new Date(0),
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  'a bigint': 1n,
  'a function': () => 1,
  'a symbol': Symbol('x'),
  'a RegExp': /x/,
  'a Uint8Array': new Uint8Array(3),
  undefined: [undefined],
  'nested deeper': itself,
}
for (const [what, it] of Object.entries(unfit)) {
  test(`when ${what} is sent, wherever in a message, then that is refused and named`, () => {
    for (const given of [it, [it], { in: { it } }])
      assert.throws(
        () => fieldsToSend('x', z.object({ it: z.any() }), { it: given }),
        (error) => {
          assert.ok(error instanceof SchemaViolation)
          const [, path] = /^message x does not survive JSON: (it[.\w]*) was /.exec(error.message) ?? []
          return path !== undefined && (given === undefined || error.message.includes(what))
        },
      )
  })
}

test('when a field is undefined then it is not there, and -0 is 0', () => {
  const schema = z.object({ one: z.number().optional(), zero: z.number() })
  assert.deepEqual(Object.entries(fieldsToSend('x', schema, { one: undefined, zero: -0 })), [['zero', 0]])
})

const changing = {
  'adds one': z.number().transform((it) => it + 1),
  'in a list': z.array(z.number().transform((it) => it + 1)).transform(([it]) => it),
  'makes a text of it': z.number().transform(String),
  preprocesses: z.preprocess((it) => Number(it) + 1, z.number()),
  overwrites: z.number().overwrite((it) => it + 1),
}
for (const [what, schema] of Object.entries(changing)) {
  test(`when a schema ${what} each time it is read then that is refused`, () => {
    const given = { it: what === 'in a list' ? [1] : 1 }
    assert.throws(
      () => fieldsToSend('x', z.object({ it: schema }), given),
      (error) =>
        error instanceof SchemaViolation &&
        /^message x does not survive the wire, as its schema changes it/.test(error.message),
    )
  })
}

test('when a schema changes what it is given once and for all then it is sent', () => {
  const schema = z.object({
    name: z.string().trim().toLowerCase(),
    count: z.coerce.number(),
    often: z.int().default(3),
    few: z.array(z.number()).transform((it) => it.slice(0, 2)),
    fine: z.number().catch(0),
  })
  assert.deepEqual(fieldsToSend('x', schema, { name: ' A ', count: '7', few: [1, 2, 3], fine: 1 }), {
    name: 'a',
    count: 7,
    often: 3,
    few: [1, 2],
    fine: 1,
  })
})

const writes: Record<string, (it: { seen: number[]; deep: { one?: number }; n: number }) => unknown> = {
  push: (it) => it.seen.push(1),
  sort: (it) => it.seen.sort(),
  assign: (it) => Object.assign(it, { n: 2 }),
  set: (it) => {
    it.n += 1
  },
  'set deep': (it) => {
    it.deep.one = 3
  },
  delete: (it) => delete it.deep.one,
}
for (const [what, write] of Object.entries(writes)) {
  test(`when a handler does ${what} to what it received then that is a fault in plain words, of fields and of what is carried`, () => {
    const shape = { seen: z.array(z.number()), deep: z.any(), n: z.number() }
    const carries = (_node: unknown, _item: unknown, _from: unknown, it: never) => void write(it)
    const hears = (_node: unknown, _from: unknown, it: never) => void write(it)
    const it = {
      summary: 'Writes.',
      messages: { gossip: shape },
      carries: shape,
      onNewer: carries,
      onMessage: { gossip: hears },
    }
    const fields = fieldsToSend('x', z.object(shape), { seen: [2, 1], deep: { one: 1 }, n: 1 })
    const { node, host } = place(it)
    node.receive(B, { type: 'gossip', fields })
    node.receive(B, value('a', 1, 1, { seen: [2, 1], deep: { one: 1 }, n: 1 }))
    const faults = host.seen('fault').map(([, fault]) => fault as StrategyError)
    assert.deepEqual(
      faults.map((it) => it.handler),
      ['onMessage.gossip', 'onNewer'],
    )
    for (const fault of faults) {
      assert.ok(fault instanceof StrategyError)
      assert.match(fault.message, /: what was received can't be changed \(nor can options\): copy it$/)
    }
  })
}

test('when a handler writes to its options then that is a fault, whatever they are', () => {
  // biome-ignore lint/suspicious/noExplicitAny: options of any kind
  const writes: ((options: any) => unknown)[] = [
    (it) => Object.assign(it, { list: 1 }),
    (it) => it.list.push(1),
    (it) => it.set.add(2),
    (it) => it.map.clear(),
    (it) => it.date.setTime(1),
    (it) => Object.assign(it.deep, { more: 1 }),
  ]
  for (const write of writes) {
    const { node, host } = place({
      summary: 'Writes.',
      options: {
        list: z.array(z.number()).default([1]),
        deep: z.any().default({ one: 1 }),
        set: z.any().default(new Set([1])),
        map: z.any().default(new Map([[1, 1]])),
        date: z.any().default(new Date(5)),
      },
      onPeriod: (node: { options: never }) => void write(node.options),
    })
    node.period()
    assert.match(String(host.seen('fault')[0]?.[1]), /nor can options\): copy it$/)
  }
})

test('when a node changes what peers or pick gave it then that changes nothing of the next', () => {
  const { node } = place({ summary: 'Picks.' }, { peers: 3 })
  const before = [...node.peers]
  ;(node.peers as unknown[]).pop()
  node.pick(3).pop()
  assert.deepEqual(node.peers, before)
  assert.equal(node.pick(3).length, 3)
})

for (const count of [0, 1, 2]) {
  test(`when a node writes to the list of the ${count} values that it holds then that changes nothing`, () => {
    const { node } = place({ summary: 'Looks.' })
    for (let i = 0; i < count; i++) node.receive(B, { ...value('a', 1), key: `k${i}` })
    const names = node.items.map(({ name }) => name)
    for (const list of [node.items, node.recent(1), node.named(names), node.newerThan([])] as unknown[][]) {
      try {
        list.length = 0
        list.push(1)
      } catch (error) {
        assert.ok(error instanceof TypeError)
      }
    }
    assert.deepEqual(
      node.items.map(({ name }) => name),
      names,
    )
    assert.equal(node.recent(1).length, count)
  })
}
