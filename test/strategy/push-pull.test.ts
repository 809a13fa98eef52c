import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Digest } from '../../src/gossip/strategy.ts'
import pushPull from '../../src/strategy/push-pull.ts'
import { at, nameOf, value } from '../gossip/build.ts'
import { place } from './recording-host.ts'
import { said } from './said.ts'

const compare = (have: Digest) => ({ type: 'compare', fields: { have } })

test('when a period passes then it compares with one peer', () => {
  const { node, host } = place(pushPull, { peers: 1 })
  node.period()
  assert.deepEqual(said(host), ['compare>p0'])
})

/** A digest of all where that is one value. */
const named = (it: { value: string; timestamp: number }) => ({ all: [nameOf(it)] })

for (const [what, have, answer] of [
  ['nothing', { all: [] }, ['value>p0']],
  ['an older value', named({ value: 'z', timestamp: 6 }), ['value>p0']],
  ['the same value', named({ value: 'b', timestamp: 7 }), []],
  ['a newer value', named({ value: 'a', timestamp: 8 }), ['want>p0']],
] as const) {
  test(`when a peer that holds ${what} compares then the answer is ${answer[0]?.slice(0, -3) ?? 'none'}`, () => {
    const { node, host } = place(pushPull, { holds: value('b', 7) })
    node.receive(at('p0'), compare(have))
    assert.deepEqual(said(host), answer)
  })
}

test('when a peer sends an older value then it gets the newer one', () => {
  const { node, host } = place(pushPull, { holds: value('b', 7) })
  node.receive(at('p0'), value('a', 7))
  assert.deepEqual(said(host), ['value>p0'])
})
