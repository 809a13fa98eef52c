/** Whatever is put in and taken out, holdings say what a plain map would. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Entry, entryOf, heldOf } from '../../../src/gossip/values/held.ts'
import { type Holdings, NOTHING } from '../../../src/gossip/values/holdings.ts'

/** A plain model: entries by key, and the order in which they were taken. */
class Model {
  readonly entries = new Map<string, Entry>()
  taken: { readonly entry: Entry; readonly in: number }[] = []

  with(entry: Entry, period: number): void {
    this.entries.set(entry.key, entry)
    this.taken.push({ entry, in: period })
  }

  recent(since: number): Entry[] {
    const held = this.taken.filter((it) => it.in >= since && this.entries.get(it.entry.key) === it.entry)
    return [...new Set(held.map((it) => it.entry).reverse())]
  }
}

function assertAlike(holdings: Holdings, model: Model, period: number, calm: number): void {
  const all = [...model.entries.values()]
  assert.equal(holdings.size, all.length)
  assert.deepEqual(holdings.all(), all)
  const texts = all.map(({ held }) => `${held.key}${held.value ?? ''}`)
  assert.equal(
    holdings.bytes,
    texts.reduce((sum, it) => sum + Buffer.byteLength(it), 0),
  )
  assert.equal(holdings.deleted, all.filter(({ held }) => held.value === null).length)
  const ordered = [...all].sort((a, b) => b.held.timestamp - a.held.timestamp || (a.key < b.key ? -1 : 1))
  assert.deepEqual(
    holdings.ordered().map(({ name }) => name),
    ordered.map(({ name }) => name),
  )
  for (const periods of [0, 1, 2, 3, 100])
    assert.deepEqual(holdings.recent(periods, calm), model.recent(period - periods + 1))
  for (const key of ['', 'a', 'b', 'none']) assert.equal(holdings.get(key), model.entries.get(key))
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('with' as const),
      key: fc.constantFrom('', 'a', 'b', 'ä', '😀', 'd', 'e'),
      value: fc.option(fc.constantFrom('', 'x', 'ä', '😀')),
      timestamp: fc.nat(5),
      state: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('without' as const), key: fc.constantFrom('', 'a', 'b', 'none') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('period' as const) }) },
)

test('when values are taken, replaced and forgotten then holdings say what a plain map does', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const model = new Model()
      let holdings = NOTHING
      let [period, calm] = [0, 0]
      for (const it of steps) {
        if (it.do === 'period') {
          period += 1
          calm += 1
          holdings.age()
        } else if (it.do === 'without') {
          holdings = holdings.without(it.key)
          model.entries.delete(it.key)
        } else {
          const entry = entryOf(heldOf(it), 1, it.state ? {} : undefined)
          holdings = holdings.with(entry, calm)
          model.with(entry, period)
          calm = 0
        }
        assertAlike(holdings, model, period, calm)
      }
    }),
    { numRuns: 500 },
  )
})

test('when one key is taken again and again then what was recent is told once, and no list of it grows', () => {
  let holdings = NOTHING
  for (let i = 0; i < 1000; i++)
    for (const key of ['a', 'b'])
      holdings = holdings.with(entryOf(heldOf({ key, value: 'x', timestamp: i }), 1, {}), 0)
  assert.deepEqual(
    holdings.recent(1, 0).map(({ key }) => key),
    ['b', 'a'],
  )
})

test('when two nodes hold the same value and remember nothing of it then they share all of it', () => {
  const value = { key: 'shared', value: 'x', timestamp: 1 }
  const [one, other] = [entryOf(heldOf(value), 3, undefined), entryOf(heldOf({ ...value }), 3, undefined)]
  assert.equal(one, other)
  assert.equal(one.message(undefined), other.message(undefined))
  assert.notEqual(entryOf(heldOf(value), 3, {}), entryOf(heldOf(value), 3, {}))
  assert.equal(entryOf(heldOf(value), 1e9, undefined).hops, 1e9)
})

test('when very many characters came in others then what was shared is let go', () => {
  const value = { key: 'shared', value: 'y', timestamp: 1 }
  const before = heldOf(value)
  for (let i = 0; i < 600; i++) heldOf({ key: `k${i}`, value: 'x'.repeat(30_000), timestamp: 1 })
  assert.notEqual(heldOf(value), before)
})
