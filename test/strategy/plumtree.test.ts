/** Leitao, Pereira, Rodrigues 2007, section 3, sentence by sentence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import plumtree from '../../src/strategy/plumtree.ts'
import { at, keyed, nameOf, value } from '../gossip/build.ts'
import { place } from './recording-host.ts'
import { said } from './said.ts'

const held = value('a', 7)
const have = { type: 'have', fields: { have: nameOf(held) } }
const graft = { type: 'graft', fields: { want: nameOf(held) } }
const prune = { type: 'prune', fields: {} }
const link = { type: 'link', fields: {} }

interface Announcement {
  readonly fields?: { readonly have?: readonly string[] }
}

/** The periods in which announcements gather. */
const ANNOUNCE = 0.05

/** A node with links to p0 and p1, and nothing said. */
function linked(options = {}) {
  const placed = place(plumtree, { peers: 2, options: { degree: 2, patience: 0.5, ...options } })
  placed.node.period()
  assert.deepEqual(said(placed.host).sort(), ['link>p0', 'link>p1'])
  return placed
}

test('when a newer value comes then it goes to the other eager peers, and lazy ones are told of it', () => {
  const { node, host } = linked()
  node.receive(at('p2'), link)
  node.receive(at('p1'), prune)
  node.receive(at('p0'), held)
  assert.deepEqual(said(host), ['value>p2'])
  host.pass(ANNOUNCE)
  assert.deepEqual(said(host), ['have>p1'])
})

test('when several newer values come at a time then one announcement tells of all that are still held', () => {
  const { node, host } = linked()
  node.receive(at('p1'), prune)
  const [first, second, other] = [value('b', 8), value('c', 9), keyed('k', 'd', 7)]
  for (const it of [first, second, other]) node.receive(at('p0'), it)
  host.pass(ANNOUNCE)
  const [have, ...more] = host.sent().filter(({ to }) => to === at('p1'))
  assert.deepEqual(have!.message, { type: 'have', fields: { have: [nameOf(second), nameOf(other)] } })
  host.pass(10 * ANNOUNCE)
  assert.deepEqual([more, host.sent()], [[], []])
})

test('when no more delays may wait then it is announced at once', () => {
  const { node, host } = linked()
  node.receive(at('p1'), prune)
  host.maxTimers = 0
  node.receive(at('p0'), held)
  assert.deepEqual(said(host), ['have>p1'])
})

test('when more values come than may be announced at a time then all are told of', () => {
  const { node, host } = linked()
  node.receive(at('p1'), prune)
  for (let i = 0; i < 2500; i++) node.receive(at('p0'), keyed(String(i), 'x', 7))
  host.pass(ANNOUNCE)
  const told = host.sent().flatMap(({ message }) => (message as Announcement).fields?.have ?? [])
  assert.equal(new Set(told).size, 2500)
})

test('when a value comes again then its sender is pruned, and gets announcements from then on', () => {
  const { node, host } = linked()
  node.receive(at('p0'), held)
  host.sent()
  node.receive(at('p1'), held)
  assert.deepEqual(said(host), ['prune>p1'])
  node.receive(at('p0'), value('b', 8))
  host.pass(2 * ANNOUNCE)
  assert.deepEqual(said(host), ['have>p1'])
})

test('when an announced value does not come in time then its announcers are asked for it, one after the other', () => {
  const { node, host } = linked()
  node.receive(at('p0'), have)
  node.receive(at('p1'), have)
  host.pass(0.4)
  assert.deepEqual(said(host), [])
  host.pass(0.2)
  assert.deepEqual(said(host), ['graft>p0'])
  host.pass(0.5)
  assert.deepEqual(said(host), ['graft>p1'])
})

test('when a peer announces the same again and again, or is down, then it is asked once, or not at all', () => {
  const { node, host } = linked({ patience: 0.5 })
  for (let i = 0; i < 1000; i++) for (const peer of ['p0', 'p1', 'p2']) node.receive(at(peer), have)
  node.peerDown(at('p1'))
  host.pass(10)
  assert.deepEqual(said(host), ['graft>p0', 'graft>p2'])
})

test('when an announced value comes in time then nobody is asked', () => {
  const { node, host } = linked()
  node.receive(at('p0'), have)
  node.receive(at('p1'), held)
  host.sent()
  host.pass(5)
  assert.deepEqual(said(host), [])
})

test('when a peer grafts then it gets the value at once, and the next one too', () => {
  const { node, host } = linked()
  node.receive(at('p0'), held)
  node.receive(at('p1'), prune)
  host.sent()
  node.receive(at('p1'), graft)
  assert.deepEqual(said(host), ['value>p1'])
  node.receive(at('p0'), value('b', 8))
  assert.deepEqual(said(host), ['value>p1'])
})

test('when a peer is down then its link is gone, and another is made in the next period', () => {
  const { node, host } = place(plumtree, { peers: 3, options: { degree: 2 } })
  node.period()
  const [first] = host.sent()
  node.peerDown(first!.to)
  node.period()
  assert.equal(said(host).length, 1)
})

test('when a period passes then what it holds is announced on all links: a lost value is asked for again', () => {
  const { node, host } = linked()
  node.receive(at('p0'), held)
  host.sent()
  node.period()
  assert.deepEqual(said(host).sort(), ['have>p0', 'have>p1'])
})
