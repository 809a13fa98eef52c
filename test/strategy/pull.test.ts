import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Digest } from '../../src/gossip/strategy.ts'
import pull from '../../src/strategy/pull.ts'
import { at, nameOf, value } from '../gossip/build.ts'
import { place } from './recording-host.ts'
import { said } from './said.ts'

const ask = (have: Digest) => ({ type: 'ask', fields: { have } })

test('when a period passes then it asks one peer, whether it holds a value or not', () => {
  for (const holds of [undefined, value('a', 7)]) {
    const { node, host } = place(pull, { peers: 1, ...(holds && { holds }) })
    node.period()
    assert.deepEqual(said(host), ['ask>p0'])
  }
})

test('when a newer value comes then it tells nobody', () => {
  const { node, host } = place(pull)
  node.receive(at('p0'), value('a', 7))
  assert.deepEqual(said(host), [])
})

/** A digest of all where that is one value. */
const named = (it: { value: string; timestamp: number }) => ({ all: [nameOf(it)] })

for (const [what, have, answer] of [
  ['nothing', { all: [] }, ['value>p0']],
  ['an older value', named({ value: 'z', timestamp: 6 }), ['value>p0']],
  ['the same value', named({ value: 'b', timestamp: 7 }), []],
  ['a newer value', named({ value: 'a', timestamp: 8 }), []],
  ['another value of the same ms', named({ value: 'a', timestamp: 7 }), ['value>p0']],
] as const) {
  test(`when a peer that holds ${what} asks then the answer is ${answer.length > 0 ? 'the value' : 'none'}`, () => {
    const { node, host } = place(pull, { holds: value('b', 7) })
    node.receive(at('p0'), ask(have))
    assert.deepEqual(said(host), answer)
  })
}
