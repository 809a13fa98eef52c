/** What two nodes tell each other until they hold the same, by the handlers of pull and push-pull themselves. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OwnMessage } from '../../../src/gossip/message.ts'
import { type Value, wins } from '../../../src/gossip/value.ts'
import { inMessages, type Whole } from '../../../src/gossip/values/digest.ts'
import type { Name } from '../../../src/gossip/values/name.ts'
import pull from '../../../src/strategy/pull.ts'
import pushPull from '../../../src/strategy/push-pull.ts'
import { joined, type Maps, maps } from './maps.ts'
import { held, Pair } from './pair.ts'

const RUNS = { numRuns: 60 }

/**
 * Each message is about a stretch; of each there are three at most. The first ones name 32, 64, 128, 256 values, the others
 * what 16,384 characters hold: of these names more than 300.
 */
function mostMessages({ one, other }: Maps): number {
  return 3 * (5 + Math.ceil((one.length + other.length) / 300))
}

test('when two nodes push and pull then after one exchange both hold what wins of each key', () => {
  fc.assert(
    fc.property(maps, fc.boolean(), (it, isNews) => {
      const pair = new Pair(pushPull)
      pair.hold(it.one, it.other, isNews)
      const { own } = pair.exchange()
      assert.deepEqual(held(pair.one.node), joined(it))
      assert.deepEqual(held(pair.other.node), joined(it))
      assert.ok(own.length <= mostMessages(it), `${own.length} messages`)
    }),
    RUNS,
  )
})

test('when a node pulls then after one exchange it holds all that was newer at the other', () => {
  fc.assert(
    fc.property(maps, fc.boolean(), (it, isNews) => {
      const pair = new Pair(pull)
      pair.hold(it.one, it.other, isNews)
      const { own } = pair.exchange()
      assert.deepEqual(held(pair.one.node), joined(it))
      assert.ok(own.length <= mostMessages(it), `${own.length} messages`)
    }),
    RUNS,
  )
})

for (const [name, strategy] of Object.entries({ pull, pushPull })) {
  test(`${name}: when two nodes hold the same then one digest is all that is said, and when they hold little it names all`, () => {
    fc.assert(
      fc.property(maps, ({ one }) => {
        const pair = new Pair(strategy)
        pair.hold(one, one)
        const { own, values } = pair.exchange()
        assert.deepEqual([own.length, values.length], [1, 0])
        const { all, below } = (own[0] as OwnMessage).fields.have as Whole
        if (one.length <= 32) assert.deepEqual([all.length, below], [one.length, undefined])
        else assert.ok(all.length === 32 && below?.[0] === one.length - 32)
      }),
      RUNS,
    )
  })
}

test('when a node holds nothing and another everything then one exchange brings it all, in few messages', () => {
  for (const strategy of [pull, pushPull]) {
    const all = many(3000)
    const pair = new Pair(strategy)
    pair.hold([], all)
    const { own, values } = pair.exchange()
    assert.equal(pair.one.node.count, 3000)
    assert.deepEqual([own.length, values.length], [1, 1])
  }
})

function many(count: number): Value[] {
  return Array.from({ length: count }, (_, i) => ({
    key: `key-${i}`,
    value: `value ${i}`,
    timestamp: 1000 + i,
  }))
}

for (const [name, strategy] of Object.entries({ pull, pushPull })) {
  for (const at of [0, 1, 31, 32, 100, 5000, 9999]) {
    test(`${name}: when of 10,000 keys one is missing, ${at} from the oldest, then it is found; in sync a digest is below 4 kB`, () => {
      const all = many(10_000)
      const pair = new Pair(strategy)
      pair.hold(
        all.filter((_, i) => i !== at),
        all,
      )
      pair.exchange()
      assert.equal(pair.one.node.count, 10_000)
      for (let i = 0; i < 5; i++) pair.one.node.period()
      pair.one.host.sent()
      const { own, values } = pair.exchange()
      assert.deepEqual([own.length, values.length], [1, 0])
      const { length } = JSON.stringify((own[0] as OwnMessage).fields)
      assert.ok(length < 4000, `${length} characters`)
    })
  }
}

/** Whatever keeps the first from taking what it is sent. */
const refusals = {
  'has no room for more keys': { settings: { maxKeys: 10 } },
  'has no room for more bytes': { settings: { maxHeld: 100 } },
  'has a clock that is late': { late: 999_900 },
  'can store nothing': { notStored: 'disk full' },
  'forgets what is old': { settings: { ttl: 500 } },
  'forgets deletions at once': { settings: { tombstones: 1 } },
} as const satisfies Record<string, { settings?: object; late?: number; notStored?: string }>

for (const [why, how] of Object.entries(refusals)) {
  const {
    settings = {},
    late = 0,
    notStored,
  } = how as { settings?: object; late?: number; notStored?: string }
  for (const both of [false, true]) {
    test(`when ${both ? 'each of two nodes' : 'one of two nodes'} ${why} then each exchange ends, and nobody goes back`, () => {
      fc.assert(
        fc.property(maps, fc.constantFrom(pull, pushPull), fc.boolean(), (it, strategy, isNews) => {
          const pair = new Pair(strategy, [settings, both ? settings : {}])
          pair.hold(it.one, it.other, isNews)
          for (const { host } of both ? [pair.one, pair.other] : [pair.one]) {
            host.clockMs -= late
            host.notStored = notStored
          }
          const before = pair.one.node.values()
          for (let i = 0; i < 3; i++) {
            const { own } = pair.exchange()
            assert.ok(own.length <= mostMessages(it), `${own.length} messages`)
          }
          for (const was of before) {
            // What is forgotten was never there.
            if (was.value === null && 'tombstones' in settings) continue
            const is = pair.one.node.get(was.key)
            assert.ok(is === null || !wins(was, is))
          }
        }),
        { numRuns: 25 },
      )
    })
  }
}

test('when both hold another value of one ms and the loser can not take the winner then they end all the same', () => {
  const pair = new Pair(pushPull)
  pair.hold([{ key: 'k', value: 'a', timestamp: 7 }], [{ key: 'k', value: 'b', timestamp: 7 }])
  pair.one.host.notStored = 'disk full'
  const { own } = pair.exchange()
  assert.ok(own.length <= 4, `${own.length}`)
  pair.one.host.notStored = undefined
  pair.exchange()
  assert.equal(pair.one.node.get('k')?.value, 'b')
})

test('when keys are as long as they may be, of characters that JSON writes with six, then a digest fits a line', () => {
  for (const unit of ['\0', '\udc00', 'ä', '"', 'x']) {
    const key = (i: number): string =>
      `${unit.repeat(unit === 'x' || unit === '\0' || unit === '"' ? 250 : 80)}${i}`
    const pair = new Pair(pushPull)
    const all = Array.from({ length: 600 }, (_, i) => ({ key: key(i), value: 'v', timestamp: i }))
    pair.hold(all, all.slice(1), true)
    const { own } = pair.exchange()
    assert.equal(pair.other.node.count, 600)
    for (const it of own) {
      const bytes = Buffer.byteLength(JSON.stringify((it as OwnMessage).fields))
      assert.ok(bytes < 32_768, `${bytes} bytes`)
    }
  }
})

test('whatever names are to be told: all are, in their order, in messages that fit a line', () => {
  const text = fc.string({ maxLength: 60, unit: 'binary' })
  fc.assert(
    fc.property(fc.array(text, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (keys, times) => {
      const names = Array.from({ length: times }, (_, i) => keys.map((it) => `${i}-0/${it}`)).flat() as Name[]
      const lists = inMessages(names)
      assert.deepEqual(lists.flat(), names)
      for (const it of lists) assert.ok(it.length > 0 && Buffer.byteLength(JSON.stringify(it)) < 20_000)
      // No more messages than it takes.
      assert.ok(
        lists.length <= 1 + Math.floor((names.join('').length * 6) / 8000) + Math.floor(names.length / 500),
      )
    }),
    RUNS,
  )
})

test('when two keys differ in halves of characters only then checksums tell them apart', () => {
  const at = (key: string): Value => ({ key, value: 'same', timestamp: 1 })
  const newer = many(100)
  const pair = new Pair(pushPull)
  pair.hold([at('\ud800'), ...newer], [at('\udbff'), ...newer])
  pair.exchange()
  for (const { node } of [pair.one, pair.other]) assert.equal(node.count, 102)
})

test('when a stranger makes up a digest then there is one answer at most, and what it asks for', () => {
  const name = fc.constantFrom('5-abc', '1001-abc/key-1', '99999999-zz/key-1', '7-a/', 'junk', '0-0/\n')
  const point = fc.tuple(fc.nat(3000), fc.constantFrom('', 'key-7', '\uffff'))
  const digest = fc.oneof(
    name,
    fc.array(name),
    fc.record(
      {
        all: fc.array(name),
        from: point,
        to: point,
        below: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
        turn: fc.constantFrom(0, 1, 2, 3, Number.MAX_SAFE_INTEGER),
      },
      { requiredKeys: ['all'] },
    ),
  )
  const pair = new Pair(pushPull)
  pair.hold([], many(100))
  fc.assert(
    fc.property(digest, (have) => {
      pair.other.node.receive(pair.one.node.address, { type: 'compare', fields: { have } })
      assert.deepEqual(pair.other.host.seen('fault'), [])
      assert.ok(pair.other.host.sent().length <= 2)
    }),
    { numRuns: 500 },
  )
})
