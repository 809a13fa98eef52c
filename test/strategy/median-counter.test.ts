/** Karp, Schindelhauer, Shenker, Voecking 2000, section 3: the states A, B-m, C and D. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import medianCounter from '../../src/strategy/median-counter.ts'
import { at, nameOf, value } from '../gossip/build.ts'
import { place } from './recording-host.ts'
import { said } from './said.ts'

const copy = (counter: number) => value('a', 7, 1, { counter })
/** Of a partner that holds the rumor, or not. */
const call = (holds: boolean) => ({ type: 'call', fields: { have: { all: holds ? [nameOf(copy(1))] : [] } } })

/** A player in state B-1 whose first round is over. */
function inB(options = {}) {
  const placed = place(medianCounter, { peers: 1, holds: copy(1), options: { max: 2, ...options } })
  placed.node.period()
  placed.host.sent()
  return placed
}

const counterOf = (placed: ReturnType<typeof inB>) =>
  (placed.node.items[0]!.state as { counter: number }).counter

test('A: when a round begins then it calls one partner, and has nothing to send', () => {
  const { node, host } = place(medianCounter, { peers: 1 })
  node.period()
  assert.deepEqual(said(host), ['call>p0'])
})

test('A: when the rumor comes from B then it is in B-1, when from C then in C', () => {
  for (const [from, state] of [
    [1, 1],
    [2, 1],
    [3, 3],
  ] as const) {
    const placed = place(medianCounter, { options: { max: 2 } })
    placed.node.receive(at('p0'), copy(from))
    assert.equal(counterOf(placed), state)
  }
})

test('B: when a round begins then it calls and sends the rumor with its counter, and answers who calls', () => {
  const { node, host } = inB()
  node.period()
  node.receive(at('p9'), call(false))
  assert.deepEqual(said(host), ['call>p0', 'value>p0', 'value>p9'])
})

test('B: when more partners have a counter as high as have a lower one then it counts up, else not', () => {
  for (const [partners, counter] of [
    [[1, 1], 2],
    [[2, 1], 2],
    [[], 1],
  ] as const) {
    const placed = inB()
    for (const [i, it] of partners.entries()) placed.node.receive(at(`p${i}`), copy(it))
    placed.node.period()
    assert.equal(counterOf(placed), counter, `partners ${partners}`)
  }
})

test('B: when a partner is in C then it is in C as well', () => {
  const placed = inB()
  placed.node.receive(at('p0'), copy(3))
  placed.node.period()
  assert.equal(counterOf(placed), 3)
})

test('C: when max rounds have passed then it is in D: it sends nothing and is not interested', () => {
  const { node, host } = inB()
  node.receive(at('p0'), copy(3))
  for (let i = 0; i < 4; i++) node.period()
  host.sent()
  node.period()
  node.receive(at('p9'), call(false))
  assert.deepEqual(said(host), ['call>p0'])
  assert.equal(node.interested, false)
})

test('B: when more copies come in the round in which it was told then it does not count on by them', () => {
  const placed = place(medianCounter, { peers: 1, options: { max: 2 } })
  for (const from of ['p0', 'p8', 'p9']) placed.node.receive(at(from), copy(1))
  placed.node.period()
  assert.equal(counterOf(placed), 1)
})
