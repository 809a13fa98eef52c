/** Demers et al. 1987, section 1.4, sentence by sentence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import rumor from '../../src/strategy/rumor.ts'
import { at, nameOf, value } from '../gossip/build.ts'
import { place } from './recording-host.ts'
import { said } from './said.ts'

const rumored = { it: nameOf(value('a', 7)) }
const knew = { type: 'knew', fields: rumored }
const needed = { type: 'needed', fields: rumored }
const ask = { type: 'ask', fields: {} }

const hot = (options = {}) => place(rumor, { peers: 1, holds: value('a', 7), options })

test('push: when a period passes then a hot node sends the rumor to one peer', () => {
  const { node, host } = hot()
  node.period()
  assert.deepEqual(said(host), ['value>p0'])
})

test('feedback: when the rumor comes then the sender learns whether it was needed', () => {
  const { node, host } = place(rumor, { peers: 1 })
  node.receive(at('p0'), value('a', 7))
  node.receive(at('p1'), value('a', 7))
  assert.deepEqual(said(host), ['needed>p0', 'needed>p1'], 'also of a copy in the same period as the first')
  node.period()
  host.sent()
  node.receive(at('p1'), value('a', 7))
  assert.deepEqual(said(host), ['knew>p1'])
})

test('counter: when k contacts in a row knew it then interest is lost, and one that needed it begins anew', () => {
  const { node } = hot({ k: 2 })
  for (const message of [knew, needed, knew]) node.receive(at('p0'), message)
  assert.equal(node.interested, true)
  node.receive(at('p0'), knew)
  assert.equal(node.interested, false)
})

test('coin: when a contact knew it then interest is lost with probability 1/k', () => {
  for (const [die, interested] of [
    [0.24, false],
    [0.26, true],
  ] as const) {
    const { node } = place(rumor, {
      holds: value('a', 7),
      options: { counter: false, k: 4 },
      random: () => die,
    })
    node.receive(at('p0'), knew)
    assert.equal(node.interested, interested)
  }
})

test('blind: when k periods pass then interest is lost, whoever was told', () => {
  const { node, host } = hot({ feedback: false, k: 3 })
  for (let i = 0; i < 5; i++) node.period()
  assert.deepEqual(said(host), ['value>p0', 'value>p0', 'value>p0'])
  assert.equal(node.interested, false)
})

test('pull: when a period passes then every node asks, and only a hot one answers', () => {
  const cold = place(rumor, { peers: 1, options: { direction: 'pull' } })
  cold.node.period()
  cold.node.receive(at('p0'), ask)
  assert.deepEqual(said(cold.host), ['ask>p0'])
  const { node, host } = hot({ direction: 'pull' })
  node.receive(at('p0'), ask)
  assert.deepEqual(said(host), ['value>p0'])
})

test("pull: when nobody of a period's contacts needed it then the counter grows by one", () => {
  const { node } = hot({ direction: 'pull', k: 2 })
  const served = (...answers: (typeof knew)[]) => {
    for (const answer of answers) {
      node.receive(at('p0'), ask)
      node.receive(at('p0'), answer)
    }
    node.period()
    return node.interested
  }
  assert.deepEqual(
    [served(knew, knew, knew), served(knew, needed), served(knew), served(), served(knew)],
    [true, true, true, true, false],
  )
})
