import assert from 'node:assert/strict'
import { test } from 'node:test'
import flood from '../../src/strategy/flood.ts'
import infectAndDie from '../../src/strategy/infect-and-die.ts'
import { at, value } from '../gossip/build.ts'
import { place } from './recording-host.ts'
import { said } from './said.ts'

test('flood: when a newer value comes then it tells every peer but the one that it came from', () => {
  const { node, host } = place(flood, { peers: 4 })
  node.receive(at('p1'), value('a', 7))
  assert.deepEqual(said(host).sort(), ['value>p0', 'value>p2', 'value>p3'])
})

test('infect and die: when a newer value comes then it tells fanout peers', () => {
  const { node, host } = place(infectAndDie, { peers: 9 })
  node.receive(at('p1'), value('a', 7))
  assert.equal(said(host).length, 3)
})

for (const [name, strategy] of Object.entries({ flood, infectAndDie })) {
  test(`${name}: when periods pass or the value comes again then it is silent and not interested`, () => {
    const { node, host } = place(strategy, { holds: value('a', 7) })
    node.period()
    node.receive(at('p0'), value('a', 7))
    assert.deepEqual(said(host), [])
    assert.equal(node.interested, false)
  })
}
