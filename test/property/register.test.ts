import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { GossipNode } from '../../src/gossip/node.ts'
import type { Value } from '../../src/gossip/value.ts'
import { at, nameOf, value } from '../gossip/build.ts'
import { place } from '../strategy/recording-host.ts'
import { greatest, someValue, someValues } from './values.ts'

const quiet = { summary: 'Does nothing.' }

/** A node to which these values came, from one peer or another. */
function after(values: readonly Value[]): GossipNode {
  const { node } = place(quiet)
  for (const [i, it] of values.entries()) node.receive(at(`p${i % 3}`), value(it.value, it.timestamp, 1))
  return node
}

function state(node: GossipNode): unknown {
  const { value: text, timestamp } = node.get()!
  return { key: '', value: text, timestamp, names: node.items.map(({ name }) => name) }
}

/** All of these values in any order, some of them more than once. */
function deliveries(values: readonly Value[]): fc.Arbitrary<Value[]> {
  return fc.tuple(fc.subarray([...values]), fc.subarray([...values])).chain(([again, andAgain]) => {
    const all = [...values, ...again, ...andAgain]
    return fc.shuffledSubarray(all, { minLength: all.length })
  })
}

test('when values come in any order and number then the greatest of the newest is held', () => {
  const runs = someValues.chain((values) => fc.tuple(fc.constant(values), deliveries(values)))
  fc.assert(
    fc.property(runs, ([values, delivered]) => {
      const expected = greatest(values)
      assert.deepEqual(state(after(delivered)), { ...expected, names: [nameOf(expected)] })
    }),
    { numRuns: 500 },
  )
})

test('when values come in two groups, each through a node of its own, then the end is the same', () => {
  fc.assert(
    fc.property(someValues, someValues, (some, others) => {
      const grouped = after([after(some).get()!, after(others).get()!])
      assert.deepEqual(state(grouped), state(after([...some, ...others])))
    }),
    { numRuns: 500 },
  )
})

test('when what is held comes again then it is the same and nothing changes', () => {
  fc.assert(
    fc.property(someValues, (values) => {
      const node = after(values)
      const before = state(node)
      const { value: text, timestamp } = node.get()!
      assert.equal(node.receive(at('p0'), value(text, timestamp)), 'same')
      assert.deepEqual(state(node), before)
    }),
  )
})

test('when two nodes each get one of two values then one verdict is newer where the other is older', () => {
  const mirrored: Record<string, string> = { newer: 'older', older: 'newer', same: 'same' }
  fc.assert(
    fc.property(someValue, someValue, (one, other) => {
      const verdict = (first: Value, second: Value) =>
        after([first]).receive(at('p0'), value(second.value, second.timestamp))
      assert.equal(verdict(one, other), mirrored[verdict(other, one)])
    }),
    { numRuns: 500 },
  )
})

test('when a node says that it lacks nothing of another then that has nothing newer for it', () => {
  fc.assert(
    fc.property(someValues, someValues, (some, others) => {
      const [node, other] = [after(some), after(others)]
      fc.pre(node.lacks(other.digest()).length === 0)
      const { value: text, timestamp } = other.get()!
      assert.notEqual(node.receive(at('p0'), value(text, timestamp)), 'newer')
    }),
    { numRuns: 500 },
  )
})
