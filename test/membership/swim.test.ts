/** Das, Gupta, Motivala 2002, sections 3 and 4, sentence by sentence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import swim from '../../src/membership/swim.ts'
import { at, ME } from '../gossip/build.ts'
import { place } from './place.ts'

const alive = (peer: string, incarnation: number) => ({ peer: at(peer), status: 'alive', incarnation })
const suspect = (peer: string, incarnation: number) => ({ peer: at(peer), status: 'suspect', incarnation })
const riding = (...updates: unknown[]) => ({ updates })

/** A node that has met these, in its usual periods, and has said nothing. */
function met(names: readonly string[], options = {}) {
  const placed = place(swim, { options })
  for (const [i, it] of names.entries()) {
    placed.hear(it, 'ping', { on: null }, riding(alive(it, 0)))
    placed.hear(it, 'ack', { of: at(it), on: null }, riding(alive(it, 0)))
    // So many are asked in a period.
    if (i % 90 === 89) placed.view.period()
  }
  for (let i = 0; i < 3; i++) {
    placed.view.period()
    for (const it of names) placed.hear(it, 'ack', { of: at(it), on: null })
    placed.host.pass(1)
  }
  placed.host.sent()
  placed.changes.length = 0
  return placed
}

/** What rode on the messages of late. */
function rode(placed: ReturnType<typeof place>): unknown[] {
  return placed.host.sent().flatMap(({ message }) => message.rides?.updates ?? [])
}

test('when a period passes then one peer is pinged; each once before one is pinged again', () => {
  const placed = met(['a', 'b', 'c', 'd'])
  const pinged = Array.from({ length: 8 }, () => {
    placed.view.period()
    const [ping] = placed.host.said()
    placed.hear(ping!.slice(-1), 'ack', { of: at(ping!.slice(-1)), on: null })
    placed.host.pass(1)
    return ping!
  })
  const round = ['ping>a', 'ping>b', 'ping>c', 'ping>d']
  // It began in the middle of one.
  const begin = [1, 2, 3, 4].find((i) => new Set(pinged.slice(i, i + 4)).size === 4)
  assert.notEqual(begin, undefined)
  assert.deepEqual(pinged.slice(begin, begin! + 4).sort(), round)
})

test('when a ping comes then it is answered; one for somebody else is answered through who asked', () => {
  const placed = met(['a', 'b'])
  placed.hear('a', 'ping', { on: at('c') })
  const { to, message } = placed.host.sent()[0]!
  assert.deepEqual([to, message.name, message.fields], [at('a'), 'ack', { of: ME, on: at('c') }])
  placed.hear('b', 'ack', { of: at('b'), on: at('a') })
  const [relayed] = placed.host.sent()
  assert.deepEqual([relayed!.to, relayed!.message.fields], [at('a'), { of: at('b'), on: null }])
})

test('when a peer is silent then k others are asked to ping it; if one brings an answer then it is not suspected', () => {
  const placed = met(['a', 'b', 'c', 'd', 'e'], { indirect: 3, timeout: 0.3 })
  placed.view.period()
  const [ping] = placed.host.said()
  const target = ping!.slice(-1)
  placed.host.pass(0.35)
  const asked = placed.host.said()
  assert.equal(asked.length, 3)
  assert.ok(asked.every((it) => it.startsWith('pingRequest>') && !it.endsWith(target)))
  placed.hear(asked[0]!.slice(-1), 'ack', { of: at(target), on: null })
  placed.host.pass(1)
  placed.view.period()
  assert.ok(!rode(placed).some((it) => JSON.stringify(it) === JSON.stringify(suspect(target, 0))))
})

test('when a silent peer is unreachable for this node, and for those it asked, then others are asked once', () => {
  const placed = met(['a', 'b', 'c', 'd', 'e'], { indirect: 3, timeout: 0.3 })
  placed.view.period()
  const target = at(placed.host.said()[0]!.slice(-1))
  placed.view.failed(target)
  assert.equal(placed.host.said().length, 3)
  // It pings on behalf of others, who have the same target.
  for (const other of ['b', 'c']) placed.hear(other, 'pingRequest', { target })
  placed.host.sent()
  for (let i = 0; i < 3; i++) placed.view.failed(target)
  placed.host.pass(0.5)
  assert.deepEqual(placed.host.said(), [])
  placed.view.period()
  placed.view.failed(at(placed.host.said()[0]!.slice(-1)))
  assert.equal(placed.host.said().length, 3)
})

test('when nobody brings an answer then it is suspected, others are told, and after the suspicion it is no peer', () => {
  const placed = met(['a'], { suspicion: 4 })
  placed.view.period()
  placed.host.sent()
  placed.host.pass(1)
  assert.deepEqual(placed.peers, ['a'])
  placed.hear('b', 'ping', { on: null }, riding(alive('b', 0)))
  placed.hear('b', 'ack', { of: at('b'), on: null })
  assert.ok(rode(placed).some((it) => JSON.stringify(it) === JSON.stringify(suspect('a', 0))))
  // 4 log10(n + 1), with n = 2 as it was suspected.
  placed.host.pass(4 * Math.log10(3))
  assert.deepEqual(placed.peers, ['b'])
  assert.deepEqual(placed.changes.at(-1)?.gone, [{ peer: at('a'), wasUp: true }])
})

test('when one that is suspected says that it lives, in a higher incarnation, then it stays; in the same that is nothing', () => {
  for (const teller of ['a', 'b']) {
    for (const [incarnation, peers] of [
      [0, ['b']],
      [1, ['a', 'b']],
    ] as const) {
      const placed = met(['a', 'b'], { suspicion: 3 })
      placed.hear('b', 'ping', { on: null }, riding(suspect('a', 0)))
      placed.hear(teller, 'ping', { on: null }, riding(alive('a', incarnation)))
      placed.host.pass(10)
      assert.deepEqual(placed.peers, peers)
    }
  }
})

test('when others say that a suspected one lives, again and again, then it is asked, and dropped if it says nothing', () => {
  const placed = met(['a', 'b'], { suspicion: 3 })
  placed.host.sent()
  for (let i = 1; i < 100; i++) {
    const told = riding(suspect('a', 2 * i), alive('a', 2 * i + 1))
    placed.hear('b', 'ack', { of: at('b'), on: null }, told)
    placed.host.pass(0.1)
    if (i % 10 === 0) placed.view.period()
  }
  assert.ok(placed.host.said().includes('ping>a'))
  assert.deepEqual(placed.peers, ['b'])
})

test('when others say that one is of ever higher incarnations then it can outgrow a suspicion all the same', () => {
  const placed = met(['a', 'b'], { suspicion: 3 })
  for (let i = 1; i <= 5; i++) placed.hear('b', 'ping', { on: null }, riding(alive('a', 900 * i)))
  placed.view.departed(at('a'))
  placed.host.sent()
  placed.hear('a', 'ping', { on: null }, riding(alive('a', 0)))
  const [told] = placed.host.sent().filter(({ message }) => message.name === 'suspected')
  const { incarnation } = told!.message.fields as { incarnation: number }
  assert.ok(incarnation <= 1000, `told of ${incarnation}, which is more than it may outgrow`)
  placed.hear('a', 'ack', { of: at('a'), on: null }, riding(alive('a', incarnation + 1)))
  placed.host.pass(20)
  assert.deepEqual(placed.peers, ['a', 'b'])
})

test('when this node is suspected then its incarnation grows, and rides on all it says', () => {
  const placed = met(['a'])
  placed.hear('a', 'ping', { on: null }, riding(suspect(ME as string, 0)))
  assert.deepEqual(rode(placed)[0], alive(ME as string, 1))
  placed.hear('a', 'suspected', { incarnation: 5 })
  assert.deepEqual(rode(placed)[0], alive(ME as string, 6))
})

test('when an update was told some log n times then it is told no more', () => {
  const placed = met(['a', 'b'], { retransmit: 2 })
  placed.hear('a', 'ping', { on: null }, riding(suspect('b', 0)))
  let told = 0
  for (let i = 0; i < 100; i++) {
    placed.hear('a', 'ping', { on: null })
    told += rode(placed).filter((it) => JSON.stringify(it) === JSON.stringify(suspect('b', 0))).length
  }
  assert.equal(told, Math.ceil(2 * Math.log2(4)))
})

test('when somebody is known by hearsay only then it is asked, and is no peer before it answers', () => {
  const placed = met(['a'])
  placed.hear('a', 'ping', { on: null }, riding(alive('x', 0)))
  assert.ok(placed.host.said().includes('ping>x'))
  assert.deepEqual(placed.peers, ['a'])
  placed.hear('x', 'ack', { of: at('x'), on: null }, riding(alive('x', 3)))
  assert.deepEqual(placed.peers, ['a', 'x'])
})

test('when a newcomer asks then it is told of all that live', () => {
  const names = Array.from({ length: 100 }, (_, i) => `n${i}`)
  const placed = met(names)
  placed.hear('new', 'join')
  const told = placed.host
    .sent()
    .flatMap(({ message }) => (message.fields.members as { peer: string }[]) ?? [])
  assert.deepEqual(told.map(({ peer }) => peer).sort(), [...names].sort())
})

test('when strangers make up any number of nodes then none is a peer, and few are asked in a period', () => {
  const placed = met(['a', 'b'])
  for (let i = 0; i < 10_000; i++)
    placed.hear(
      'a',
      'ping',
      { on: null },
      riding(...Array.from({ length: 60 }, (_, j) => alive(`fake${i}-${j}`, 0))),
    )
  assert.deepEqual(placed.peers, ['a', 'b'])
  assert.equal(placed.host.said().filter((it) => it.startsWith('ping>')).length, 100)
})

test('when strangers say that a live node is suspect, in any incarnation, then it outgrows it, and nobody drops it', () => {
  const placed = met(['a', 'b'], { suspicion: 3 })
  let own = 0
  for (const claimed of [0, 1, 7, 900, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
    placed.hear('b', 'ping', { on: null }, riding(suspect('a', claimed)))
    // What the peer itself would do, told of it: outgrow it, unless it is out of all bounds.
    if (claimed < own + 1000) own = claimed + 1
    placed.hear('a', 'ping', { on: null }, riding(alive('a', own)))
    placed.host.pass(20)
    assert.deepEqual(placed.peers, ['a', 'b'], `claimed ${claimed}`)
  }
})

test('when one was dropped then what others say does not bring it back, its own word does', () => {
  const placed = met(['a', 'b'], { suspicion: 0 })
  placed.hear('b', 'ping', { on: null }, riding(suspect('a', 0)))
  placed.host.pass(0)
  assert.deepEqual(placed.peers, ['b'])
  placed.hear('b', 'ping', { on: null }, riding(alive('a', 5)))
  assert.deepEqual(placed.peers, ['b'])
  placed.host.sent()
  placed.hear('a', 'ping', { on: null }, riding(alive('a', 0)))
  assert.ok(placed.host.said().includes('suspected>a'))
  placed.hear('a', 'ack', { of: at('a'), on: null }, riding(alive('a', 1)))
  assert.deepEqual(placed.peers, ['a', 'b'])
})

test('when one says in the name of a peer that it goes away then the peer, if it lives, outgrows that too', () => {
  const placed = met(['a', 'b'], { suspicion: 3 })
  placed.view.departed(at('a'))
  placed.hear('a', 'ping', { on: null }, riding(alive('a', 0)))
  placed.hear('a', 'ack', { of: at('a'), on: null }, riding(alive('a', 1)))
  placed.host.pass(20)
  assert.deepEqual(placed.peers, ['a', 'b'])
})
