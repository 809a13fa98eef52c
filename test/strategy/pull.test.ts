import assert from 'node:assert/strict'
import { test } from 'node:test'
import { versionOf } from '../../src/gossip/value.ts'
import pull from '../../src/strategy/pull.ts'
import { at, value } from '../gossip/build.ts'
import { place } from './recording-host.ts'
import { said } from './said.ts'

const ask = (version: string | null) => ({ type: 'ask', fields: { version } })

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

for (const [what, version, answer] of [
  ['nothing', null, ['value>p0']],
  ['an older value', versionOf({ value: 'z', timestamp: 6 }), ['value>p0']],
  ['the same value', versionOf({ value: 'b', timestamp: 7 }), []],
  ['a newer value', versionOf({ value: 'a', timestamp: 8 }), []],
  ['another value of the same ms', versionOf({ value: 'a', timestamp: 7 }), ['value>p0']],
] as const) {
  test(`when a peer that holds ${what} asks then the answer is ${answer.length > 0 ? 'the value' : 'none'}`, () => {
    const { node, host } = place(pull, { holds: value('b', 7) })
    node.receive(at('p0'), ask(version))
    assert.deepEqual(said(host), answer)
  })
}
