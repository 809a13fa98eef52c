import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Name } from '../../src/gossip/strategy.ts'
import { place } from '../strategy/recording-host.ts'
import { at, keyed, nameOf, value } from './build.ts'

const quiet = { summary: 'Does nothing.' }
const LATEST = 1_060_000
const named = (text: string, timestamp: number, key = ''): Name => nameOf({ key, value: text, timestamp })

const questions = [
  { what: 'the version it holds', name: named('m', 7), lacks: false },
  { what: 'a newer version', name: named('a', 8), lacks: true },
  { what: 'an older version', name: named('z', 6), lacks: false },
  { what: 'another version of the same ms', name: named('z', 7), lacks: true },
  { what: 'a deletion of the same ms', name: nameOf(value(null, 7)), lacks: true },
  { what: 'the latest version it would take', name: named('a', LATEST), lacks: true },
  { what: 'a version it would refuse', name: named('a', LATEST + 1), lacks: false },
  { what: 'a key that it does not hold', name: named('m', 7, 'k'), lacks: true },
  { what: 'a key that it does not hold, of the far future', name: named('m', LATEST + 1, 'k'), lacks: false },
  { what: 'junk', name: 'junk' as Name, lacks: false },
  { what: 'no text', name: '' as Name, lacks: false },
]
for (const { what, name, lacks } of questions) {
  test(`when a node holds m of time 7 and is asked for ${what} then lacks is ${lacks}`, () => {
    const { node } = place(quiet, { holds: value('m', 7) })
    assert.deepEqual(node.lacks(name), lacks ? [name] : [])
  })
}

test('when a node is asked of many names then it lacks those that it would lack alone, in their order', () => {
  const { node } = place(quiet, { holds: value('m', 7) })
  const names = questions.map(({ name }) => name)
  assert.deepEqual(
    node.lacks(names),
    questions.filter(({ lacks }) => lacks).map(({ name }) => name),
  )
})

test('when a node holds nothing then it lacks every version but those it would refuse', () => {
  const { node } = place(quiet)
  assert.equal(node.lacks(named('', 0)).length, 1)
  assert.deepEqual(node.lacks([named('', LATEST + 1), 'junk' as Name]), [])
})

test('when two nodes hold different values of the same ms then each lacks the other, so one of them learns', () => {
  const [low, high] = ['a', 'b'].map((text) => place(quiet, { holds: value(text, 7) }).node)
  assert.equal(low!.lacks(high!.digest()).length, 1)
  assert.equal(high!.lacks(low!.digest()).length, 1)
})

test('when a node has no room for another key then it lacks none, and still newer values of its own', () => {
  const { node } = place(quiet, { holds: value('m', 7), settings: { maxKeys: 1 } })
  assert.deepEqual(node.lacks([named('a', 8), named('a', 8, 'k')]), [named('a', 8)])
})

test('when what is named would be forgotten at once then a node does not lack it', () => {
  const { node, host } = place(quiet, { settings: { ttl: 1000 } })
  const last = host.clockMs - 1000
  assert.deepEqual(node.lacks([named('a', last), named('a', last + 1, 'k')]), [named('a', last + 1, 'k')])
})

test('when a node is asked for what a digest names then that is what it holds in that version or a newer one', () => {
  const { node } = place(quiet, { holds: value('m', 7) })
  node.receive(at('p0'), keyed('k', 'x', 9))
  const keys = (...names: Name[]) => node.named(names).map(({ key }) => key)
  assert.deepEqual(keys(named('m', 7), named('x', 9, 'k')), ['', 'k'])
  assert.deepEqual(keys(named('a', 6), named('a', 8, 'k')), ['', 'k'])
  assert.deepEqual(keys(named('m', 8), named('x', 10, 'k'), named('m', 7, 'other'), 'junk' as Name), [])
})

test('when a node is asked what is newer than names then it is what their holder would take', () => {
  const { node } = place(quiet, { holds: value('m', 7) })
  node.receive(at('p0'), keyed('k', 'x', 9))
  const keys = (...names: Name[]) => node.newerThan(names).map(({ key }) => key)
  assert.deepEqual(keys(named('m', 7), named('x', 9, 'k')), [])
  assert.deepEqual(keys(named('m', 6), named('x', 8, 'k')), ['', 'k'])
  assert.deepEqual(keys(named('z', 7)), [''], 'only the values tell which of one ms wins')
  assert.deepEqual(keys(named('m', 8), 'junk' as Name), [])
  const { node: empty } = place(quiet)
  assert.deepEqual(
    node
      .newerThan(empty.digest())
      .map(({ key }) => key)
      .sort(),
    ['', 'k'],
  )
})
