import assert from 'node:assert/strict'
import { test } from 'node:test'
import { place } from '../strategy/recording-host.ts'
import { at, value } from './build.ts'

const calls: string[] = []
const noting = {
  summary: 'Notes what it is told.',
  onNewer: () => void calls.push('onNewer'),
  onKnown: () => void calls.push('onKnown'),
  onOlder: () => void calls.push('onOlder'),
}

function withOld() {
  const it = place(noting, { holds: value('old', 5) })
  calls.length = 0
  return it
}

test('when a newer value can not be kept then it is not taken, no handler hears of it, and it is told with the reason', () => {
  const { node, host } = withOld()
  host.notStored = 'no room'
  const newer = value('new', 6)
  assert.equal(node.receive(at('p0'), newer), 'not-stored')
  assert.deepEqual(calls, [])
  assert.equal(node.get()?.value, 'old')
  assert.deepEqual(host.seen('refused', 'updated', 'ignored'), [
    ['refused', 'p0', newer, 'not-stored', 'no room'],
  ])
})

test('when there is room again then the same value is taken', () => {
  const { node, host } = withOld()
  host.notStored = 'no room'
  node.receive(at('p0'), value('new', 6))
  host.notStored = undefined
  assert.equal(node.again(at('p0'), value('new', 6)), 'newer')
  assert.equal(node.get()?.value, 'new')
  assert.deepEqual(calls, ['onNewer'])
})

test('when a value is not newer then nobody is asked to keep it', () => {
  const { node, host } = withOld()
  host.notStored = 'no room'
  assert.equal(node.receive(at('p0'), value('old', 5)), 'same')
  assert.equal(node.receive(at('p0'), value('older', 4)), 'older')
  assert.equal(node.receive(at('p0'), value('x', 9e15)), 'ahead')
  assert.deepEqual(calls, ['onKnown', 'onOlder'])
})
