import assert from 'node:assert/strict'
import { test } from 'node:test'
import { place } from '../strategy/recording-host.ts'
import { at } from './build.ts'
import { listening } from './listening.ts'

const B = at('b')

test('when an own message comes then its handler is told from whom, and its fields', () => {
  const { strategy, calls } = listening()
  const { node, host } = place(strategy)
  const message = { type: 'ask', fields: { what: 'x' } }
  assert.equal(node.receive(B, message), 'other')
  assert.deepEqual(calls, [['ask', B, 'x']])
  assert.deepEqual(host.seen(), [['received', B, message]])
})

test('when a message of another strategy comes then it is counted as ignored, and no handler is told', () => {
  const { strategy, calls } = listening()
  const { node, host } = place(strategy)
  const message = { type: 'graft', fields: {} }
  assert.equal(node.receive(B, message), 'other')
  assert.deepEqual(calls, [])
  assert.deepEqual(host.seen(), [
    ['received', B, message],
    ['ignored', B, { ...message }],
  ])
})

test('when a strategy without messages gets one then it is counted as ignored', () => {
  const { node, host } = place({ summary: 'Does nothing.' })
  node.receive(B, { type: 'ask', fields: {} })
  assert.equal(host.seen('ignored').length, 1)
})

test('when a client sends an own message then it is ignored', () => {
  const { strategy, calls } = listening()
  const { node, host } = place(strategy)
  node.receive(null, { type: 'ask', fields: { what: 'x' } })
  assert.deepEqual(calls, [])
  assert.equal(host.seen('ignored').length, 1)
})

for (const type of ['toString', 'constructor', '__proto__']) {
  test(`when a stranger sends a message named ${type} then it is ignored as any unknown one`, () => {
    const { strategy } = listening()
    const { node, host } = place(strategy)
    node.receive(B, { type, fields: {} })
    assert.deepEqual(
      host.seen().map(([event]) => event),
      ['received', 'ignored'],
    )
  })
}
