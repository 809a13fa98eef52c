/** The specifications of libp2p, pubsub/gossipsub: v1.0, then what v1.1, v1.2 and the draft of v2.0 add, rule by rule. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../src/gossip/message.ts'
import type { Digest } from '../../src/gossip/strategy.ts'
import gossipsub from '../../src/strategy/gossipsub.ts'
import { at, keyed, nameOf, value } from '../gossip/build.ts'
import { type Place, place, type RecordingHost } from './recording-host.ts'
import { said } from './said.ts'

const held = value('a', 7)
const name = nameOf(held)
const graft = { type: 'graft', fields: {} }
const prune = (backoff: number) => ({ type: 'prune', fields: { backoff } })
const ihave = (have: Digest) => ({ type: 'ihave', fields: { have } })
const iwant = (want: Digest) => ({ type: 'iwant', fields: { want } })
const idontwant = { type: 'idontwant', fields: { it: name } }
const iannounce = { type: 'iannounce', fields: { it: name } }
const ineed = { type: 'ineed', fields: { it: name } }

/** As the specification has it: nothing is told that is not recent. */
const AS_SPECIFIED = { antiEntropy: 0 }

/** A node after its first heartbeat, which has put so many of its peers into the mesh. */
function meshed(peers: number, options = {}, given: Place = {}) {
  const placed = place(gossipsub, { peers, options: { ...AS_SPECIFIED, ...options }, ...given })
  placed.node.period()
  const mesh = placed.host.sent().map(({ to, message }) => {
    assert.equal(message.type, 'graft')
    return to
  })
  return { ...placed, mesh }
}

/** Whom messages of that type went to, of which there is nothing else. */
function receivers(host: RecordingHost, type: string): string[] {
  return host.sent().map(({ to, message }) => {
    assert.equal(message.type, type)
    return String(to)
  })
}

const told = (message: Message) => (message as { fields?: { have?: string[] } }).fields?.have ?? []

test('when a heartbeat finds fewer than D_low in the mesh then it grafts others until there are D', () => {
  const { node, host, mesh } = meshed(20)
  assert.equal(new Set(mesh).size, 6)
  node.period()
  for (const peer of mesh.slice(0, 2)) node.peerDown(peer)
  node.period()
  assert.deepEqual(said(host), [])
  node.peerDown(mesh[2]!)
  node.period()
  const grafted = receivers(host, 'graft')
  assert.equal(grafted.length, 3)
  assert.ok(!grafted.some((it) => mesh.slice(3).includes(at(it))))
})

test('when a peer grafts then it is in the mesh: it gets what comes', () => {
  const { node, host, mesh } = meshed(2, { d: 1, dLow: 1 })
  const other = mesh[0] === at('p0') ? at('p1') : at('p0')
  node.receive(other, graft)
  assert.deepEqual(said(host), [])
  node.receive(mesh[0]!, held)
  assert.deepEqual(said(host), [`value>${other}`])
})

test('when a peer prunes then it is in the mesh no more', () => {
  const { node, host, mesh } = meshed(2, { d: 2, dLow: 1 })
  node.receive(mesh[0]!, prune(60))
  node.receive(null, held)
  assert.deepEqual(said(host), [`value>${mesh[1]}`])
})

test('when a value comes from the mesh then it goes to the others there, and when it comes again to nobody', () => {
  const { node, host, mesh } = meshed(20)
  node.receive(mesh[0]!, held)
  assert.deepEqual(receivers(host, 'value').sort(), mesh.slice(1).map(String).sort())
  node.receive(mesh[1]!, held)
  assert.deepEqual(said(host), [])
})

test('when several values come at a time then each goes its way', () => {
  const { node, host, mesh } = meshed(20)
  const values = [held, keyed('k', 'b', 8), keyed('l', 'c', 9)]
  for (const [i, it] of values.entries()) node.receive(mesh[i]!, it)
  assert.equal(host.sent().length, 3 * 5)
})

test('when there is no mesh yet then a value goes to D others all the same', () => {
  const { node, host } = place(gossipsub, { peers: 8 })
  node.receive(null, held)
  assert.equal(new Set(receivers(host, 'value')).size, 6)
  node.receive(at('p1'), graft)
  for (let i = 0; i < 10; i++) {
    node.receive(at('p0'), value('b', 8 + i))
    const others = receivers(host, 'value')
    assert.equal(new Set(others).size, 6)
    assert.ok(others.includes('p1') && !others.includes('p0'))
  }
})

test('when a heartbeat comes then what came in the last three is told to D_lazy peers outside the mesh', () => {
  const { node, host, mesh } = meshed(20)
  node.receive(mesh[0]!, held)
  node.receive(mesh[0]!, keyed('k', 'b', 8))
  host.sent()
  for (let i = 0; i < 3; i++) {
    node.period()
    const sent = host.sent()
    assert.equal(new Set(sent.map(({ to }) => to)).size, 6)
    for (const { to, message } of sent) {
      assert.ok(!mesh.includes(to))
      assert.equal(message.type, 'ihave')
      assert.deepEqual([...told(message)].sort(), [name, nameOf(keyed('k', 'b', 8))].sort())
    }
  }
  node.period()
  assert.deepEqual(said(host), [])
})

test('when more is told of than fits into a message then all is told, in several', () => {
  const { node, host, mesh } = meshed(7)
  const others = Array.from({ length: 250 }, (_, i) => keyed(`${i}`, 'x', 7))
  for (const it of others) node.receive(mesh[0]!, it)
  host.sent()
  node.period()
  const messages = host.sent().map(({ message }) => told(message))
  assert.ok(messages.length > 1 && messages.every((it) => JSON.stringify(it).length < 65_536))
  assert.deepEqual(new Set(messages.flat()), new Set(others.map(nameOf)))
})

test('when a peer tells of values then it is asked for those that were not seen', () => {
  const { node, host } = place(gossipsub, { holds: held, options: AS_SPECIFIED })
  const other = nameOf(keyed('k', 'b', 8))
  node.receive(at('p0'), ihave([name]))
  node.receive(at('p1'), ihave([name, other]))
  assert.deepEqual(
    host.sent().map(({ to, message }) => [to, message]),
    [[at('p1'), iwant([other])]],
  )
})

test('v1.1: when a peer makes names up without end then it is asked for so many a period, and others still are', () => {
  const { node, host } = place(gossipsub, { options: AS_SPECIFIED })
  const wanted = () => host.sent().flatMap(({ message }) => (message as ReturnType<typeof iwant>).fields.want)
  for (let i = 0; i < 20; i++)
    node.receive(at('p0'), ihave(Array.from({ length: 1000 }, (_, j) => nameOf(keyed(`${i} ${j}`, 'x', 7)))))
  assert.equal(wanted().length, 5000)
  node.receive(at('p1'), ihave([name]))
  assert.deepEqual(wanted(), [name])
  node.period()
  host.sent()
  node.receive(at('p0'), ihave([name]))
  assert.deepEqual(wanted(), [name])
})

test('v1.1: when a peer asks for values then it gets them, each once a period', () => {
  const { node, host } = place(gossipsub, { holds: held, options: AS_SPECIFIED })
  for (let i = 0; i < 10; i++) node.receive(at('p0'), iwant([name]))
  node.receive(at('p1'), iwant([name, nameOf(keyed('k', 'b', 8))]))
  assert.deepEqual(said(host), ['value>p0', 'value>p1'])
  node.period()
  host.sent()
  node.receive(at('p0'), iwant([name]))
  assert.deepEqual(said(host), ['value>p0'])
})

test('v1.1: when a peer grafts and the mesh has D_high already then it is pruned, for the back-off', () => {
  const { node, host, mesh } = meshed(20, { dHigh: 8 })
  const others = Array.from({ length: 20 }, (_, i) => at(`p${i}`)).filter((it) => !mesh.includes(it))
  for (const it of [...others.slice(0, 3), ...mesh]) node.receive(it, graft)
  assert.deepEqual(
    host.sent().map(({ to, message }) => [to, message]),
    [[others[2], prune(60)]],
  )
})

test('v1.1: when a peer was pruned then it is not grafted for the back-off, and a graft of it prolongs that', () => {
  const { node, host, mesh } = meshed(1, { pruneBackoff: 3 })
  node.receive(mesh[0]!, prune(2))
  node.period()
  assert.deepEqual(said(host), [])
  node.receive(mesh[0]!, graft)
  assert.deepEqual(said(host), ['prune>p0'])
  for (let i = 0; i < 2; i++) node.period()
  assert.deepEqual(said(host), [])
  node.period()
  assert.deepEqual(said(host), ['graft>p0'])
})

test('v1.1: when more peers are known then a share of them hears what is recent', () => {
  const { node, host, mesh } = meshed(106)
  node.receive(mesh[0]!, held)
  host.sent()
  node.period()
  assert.equal(new Set(receivers(host, 'ihave')).size, 25)
})

test('v1.1: when it is to flood what it publishes then that goes to all, and what it forwards to the mesh', () => {
  const { node, host, mesh } = meshed(20, { floodPublish: true })
  node.receive(null, held)
  assert.equal(new Set(receivers(host, 'value')).size, 20)
  node.receive(mesh[0]!, value('b', 8))
  assert.equal(receivers(host, 'value').length, 5)
})

test('v1.2: when a value comes then the mesh is told not to send it, before anything else', () => {
  const { node, host, mesh } = meshed(20, { idontwant: true })
  node.receive(mesh[0]!, held)
  const sent = host.sent()
  assert.deepEqual(
    sent.slice(0, 5).map(({ message }) => message),
    Array.from({ length: 5 }, () => idontwant),
  )
  assert.deepEqual(
    sent.slice(0, 5).map(({ to }) => to),
    sent.slice(5).map(({ to }) => to),
  )
  node.receive(null, value('b', 8))
  assert.deepEqual([...new Set(host.sent().map(({ message }) => message.type))], ['value'])
})

test('v1.2: when peers do not want a value then it is not forwarded to them', () => {
  const { node, host, mesh } = meshed(20)
  for (const it of mesh.slice(1, 4)) node.receive(it, idontwant)
  node.receive(mesh[0]!, held)
  assert.deepEqual(receivers(host, 'value'), mesh.slice(4).map(String))
  for (const it of mesh) node.receive(it, idontwant)
  node.receive(mesh[0]!, value('b', 8))
  assert.equal(receivers(host, 'value').length, 5)
})

test('v2.0: when D_announce is D then names go to the mesh, also of what is published', () => {
  const { node, host, mesh } = meshed(20, { dAnnounce: 6 })
  node.receive(null, held)
  assert.deepEqual(receivers(host, 'iannounce'), mesh.map(String))
  node.receive(mesh[0]!, value('b', 8))
  assert.deepEqual(receivers(host, 'iannounce'), mesh.slice(1).map(String))
})

test('v2.0: when D_announce is less then a coin decides for each peer, and what is published goes to all', () => {
  const { node, host, mesh } = meshed(20, { dAnnounce: 3 })
  let announced = 0
  for (let i = 0; i < 400; i++) {
    node.receive(null, value('b', 2 * i))
    assert.equal(receivers(host, 'value').length, 6)
    node.receive(mesh[0]!, value('c', 2 * i + 1))
    const sent = host.sent()
    assert.equal(sent.length, 5)
    announced += sent.filter(({ message }) => message.type === 'iannounce').length
  }
  // Half of 2000; five standard deviations of a fair coin are 112.
  assert.ok(Math.abs(announced - 1000) < 112, `${announced} of 2000`)
})

test('v2.0: when a value is announced then the first is asked for it, and after each timeout the next', () => {
  const { node, host } = place(gossipsub, { options: { timeout: 0.5 } })
  for (const it of ['p2', 'p0', 'p1', 'p0']) node.receive(at(it), iannounce)
  assert.deepEqual(said(host), ['ineed>p2'])
  host.pass(0.4)
  assert.deepEqual(said(host), [])
  host.pass(0.2)
  assert.deepEqual(said(host), ['ineed>p0'])
  node.peerDown(at('p1'))
  host.pass(10)
  assert.deepEqual(said(host), [])
  node.receive(at('p2'), iannounce)
  assert.deepEqual(said(host), ['ineed>p2'])
})

test('v2.0: when no more delays may wait then the first who announces a value is asked, and the next as well', () => {
  const { node, host } = place(gossipsub)
  host.maxTimers = 0
  for (const it of ['p0', 'p1']) node.receive(at(it), iannounce)
  assert.deepEqual(said(host), ['ineed>p0', 'ineed>p1'])
})

test('v2.0: when what was announced has come, or is held, then nobody is asked', () => {
  const { node, host } = place(gossipsub, { options: { timeout: 0.5 } })
  for (const it of ['p0', 'p1']) node.receive(at(it), iannounce)
  node.receive(at('p0'), held)
  host.sent()
  node.receive(at('p2'), iannounce)
  host.pass(10)
  assert.deepEqual(said(host), [])
})

test('v2.0: when ever so much was announced and has come then the next is asked for all the same', () => {
  const { node, host } = place(gossipsub)
  const others = Array.from({ length: 5000 }, (_, i) => keyed(`${i}`, 'x', 7))
  for (const it of others) {
    node.receive(at('p0'), { type: 'iannounce', fields: { it: nameOf(it) } })
    node.receive(at('p0'), it)
  }
  host.sent()
  node.receive(at('p0'), iannounce)
  assert.deepEqual(said(host), ['ineed>p0'])
})

test('v2.0: when a peer needs what was announced then it gets it', () => {
  const { node, host } = place(gossipsub, { holds: held })
  node.receive(at('p1'), ineed)
  assert.deepEqual(said(host), ['value>p1'])
})

test('beyond the specification: each period one peer is told of all that is held', () => {
  const { node, host } = place(gossipsub, { peers: 20, holds: held, options: { dLazy: 0, gossipFactor: 0 } })
  for (let i = 0; i < 10; i++) node.period()
  const all = host.sent().filter(({ message }) => message.type === 'ihave')
  assert.equal(all.length, 10)
  for (const { message } of all) assert.deepEqual(message, ihave({ all: [name] }))
})
