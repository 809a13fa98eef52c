import assert from 'node:assert/strict'
import { test } from 'node:test'
import { versionOf } from '../../src/gossip/value.ts'
import pushPull from '../../src/strategy/push-pull.ts'
import { at, value } from '../gossip/build.ts'
import { place } from './recording-host.ts'
import { said } from './said.ts'

const compare = (version: string | null) => ({ type: 'compare', fields: { version } })

test('when a period passes then it compares with one peer', () => {
  const { node, host } = place(pushPull, { peers: 1 })
  node.period()
  assert.deepEqual(said(host), ['compare>p0'])
})

for (const [what, version, answer] of [
  ['nothing', null, ['value>p0']],
  ['an older value', versionOf({ value: 'z', timestamp: 6 }), ['value>p0']],
  ['the same value', versionOf({ value: 'b', timestamp: 7 }), []],
  ['a newer value', versionOf({ value: 'a', timestamp: 8 }), ['compare>p0']],
] as const) {
  test(`when a peer that holds ${what} compares then the answer is ${answer[0]?.slice(0, -3) ?? 'none'}`, () => {
    const { node, host } = place(pushPull, { holds: value('b', 7) })
    node.receive(at('p0'), compare(version))
    assert.deepEqual(said(host), answer)
  })
}

test('when a peer sends an older value then it gets the newer one', () => {
  const { node, host } = place(pushPull, { holds: value('b', 7) })
  node.receive(at('p0'), value('a', 7))
  assert.deepEqual(said(host), ['value>p0'])
})
