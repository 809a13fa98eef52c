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

test('when a newer value comes then it tells at once some others than the one it came from', () => {
  const { node, host } = place(pushPull, { peers: 9, options: { atOnce: 3 } })
  const held = value('b', 7)
  node.receive(at('p0'), held)
  const sent = host.sent()
  assert.equal(sent.length, 3)
  assert.ok(sent.every(({ to }) => to !== at('p0')))
  assert.deepEqual(sent[0]!.message, { type: 'news', fields: { have: nameOf(held) } })
})

test('when it is to wait for the period then a newer value makes it say nothing', () => {
  const { node, host } = place(pushPull, { peers: 9, options: { atOnce: 0 } })
  node.receive(at('p0'), value('b', 7))
  assert.deepEqual(said(host), [])
})

const news = { type: 'news', fields: { have: nameOf(value('b', 7)) } }

test('when several tell of what it lacks then it asks the first, and another one only after the next period', () => {
  const { node, host } = place(pushPull, { peers: 3 })
  node.receive(at('p0'), news)
  node.receive(at('p1'), news)
  assert.deepEqual(said(host), ['want>p0'])
  node.period()
  host.sent()
  node.receive(at('p1'), news)
  assert.deepEqual(said(host), ['want>p1'])
})

test('when one tells of what is older than what it holds then it gets that', () => {
  const { node, host } = place(pushPull, { holds: value('c', 8) })
  node.receive(at('p0'), news)
  assert.deepEqual(said(host), ['value>p0'])
})
