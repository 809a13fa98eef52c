/** How many values a node still spreads is counted as things happen; at any time it is as if all were asked. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Item, strategy, z } from '../../src/gossip/strategy.ts'
import { place } from '../strategy/recording-host.ts'
import { at, keyed } from './build.ts'

interface State {
  readonly left: number
}

/** Loses interest, and gains it again, in every handler that there is. */
const moody = strategy({
  summary: 'Is moody.',
  messages: { cool: {}, warm: { n: z.int() } },
  item: () => ({ left: 2 }),
  onPeriod(node) {
    const [first] = node.items
    if (first !== undefined) first.state.left -= 1
  },
  onNewer(_node, item) {
    if (item.key === 'b') item.state.left = 0
  },
  onKnown(_node, { state }) {
    state.left -= 1
  },
  onOlder(_node, { state }) {
    state.left += 2
  },
  onMessage: {
    cool(node) {
      for (const { state } of node.named(node.digest())) state.left = 0
    },
    warm(node) {
      for (const { state } of node.recent(2)) state.left = 1
    },
  },
  interested: ({ state }) => state.left > 0,
})

/** Remembers nothing: of a value the answer is always the same. */
const stateless = strategy({
  summary: 'Has favourites.',
  interested: ({ key }) => key === 'a',
})

const key = fc.constantFrom('', 'a', 'b', 'c')
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      key,
      value: fc.option(fc.constantFrom('x', 'y')),
      timestamp: fc.integer({ min: 999_000, max: 999_003 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), key }) },
  fc.record({ do: fc.constantFrom('period' as const, 'cool' as const, 'warm' as const, 'wait' as const) }),
)

for (const [name, it, ask] of [
  ['what is remembered changes', moody, ({ state }: Item) => (state as State).left > 0],
  ['nothing is remembered', stateless, ({ key }: Item) => key === 'a'],
] as const) {
  test(`when values are taken, replaced and forgotten, and ${name} then a node is interested as if all were asked`, () => {
    const seen = new Set<boolean>()
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { node, host } = place(it, { settings: { ttl: 2500 } })
        for (const it of steps) {
          if (it.do === 'receive') node.receive(at('p0'), keyed(it.key, it.value, it.timestamp))
          else if (it.do === 'forget') node.forget(it.key)
          else if (it.do === 'restore') node.restore([{ key: it.key, value: 'kept', timestamp: 999_001 }])
          else if (it.do === 'period') node.period()
          else if (it.do === 'wait') host.clockMs += 100
          else node.receive(at('p0'), { type: it.do, fields: it.do === 'cool' ? {} : { n: 1 } })
          assert.equal(node.interested, node.items.some(ask))
          seen.add(node.interested)
        }
        assert.deepEqual(host.seen('fault'), [])
      }),
      { numRuns: 500 },
    )
    assert.equal(seen.size, 2)
  })
}

test('when interested is asked then of what was touched alone, not of all that is held', () => {
  let asked = 0
  const it = {
    ...moody,
    interested(item: Item) {
      asked += 1
      return (item.state as State).left > 0
    },
  }
  const { node } = place(it)
  for (let i = 0; i < 200; i++) node.receive(null, keyed(`k${i}`, 'x', 1))
  asked = 0
  node.receive(at('p0'), keyed('k7', 'x', 1))
  assert.equal(node.interested, true)
  assert.ok(asked <= 2, `${asked} times`)
})
