import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Network } from '../../src/network/network.ts'
import { randomStream } from '../../src/simulation/random.ts'

function network(loss = 0, duplicate = 0): Network {
  const random = randomStream(1, 0, 'network')
  return new Network({ loss, duplicate }, () => random.random())
}

function copies(of: Network, messages = 100_000): number[] {
  const counts = [0, 0, 0]
  for (let i = 0; i < messages; i++) counts[of.copies()]! += 1
  return counts.map((it) => it / messages)
}

/** 100,000 messages know a share to 0.0016; 4 of these. */
function assertShares(ours: readonly number[], right: readonly number[]): void {
  for (const [i, it] of right.entries()) assert.ok(Math.abs(ours[i]! - it) < 0.0064, `${ours}`)
}

test('when nothing is wrong then every way is open and each message arrives once', () => {
  assert.equal(network().isCut(0, 1), false)
  assert.deepEqual(copies(network(), 1000), [0, 1, 0])
})

test('when it loses a third then a third is lost', () =>
  assertShares(copies(network(1 / 3)), [1 / 3, 2 / 3, 0]))

test('when it repeats a third then a third comes twice', () =>
  assertShares(copies(network(0, 1 / 3)), [0, 2 / 3, 1 / 3]))

test('when it does both then it repeats of what it does not lose', () =>
  assertShares(copies(network(0.5, 0.2)), [0.5, 0.4, 0.1]))

test('when it loses everything then nothing arrives', () =>
  assert.deepEqual(copies(network(1), 1000), [1, 0, 0]))

test('when it is partitioned then only nodes of one group reach each other, those in none too', () => {
  const it = network()
  it.partition([
    [0, 1],
    [2, 3],
  ])
  const groups = [0, 0, 1, 1, 2, 2]
  for (const [from, a] of groups.entries())
    for (const [to, b] of groups.entries()) assert.equal(it.isCut(from, to), a !== b, `${from} to ${to}`)
})

test('when one way is cut then the way back is open', () => {
  const it = network()
  it.cut([1], [2])
  assert.deepEqual([it.isCut(1, 2), it.isCut(2, 1), it.isCut(1, 3)], [true, false, false])
})

test('when it heals then all ways are open, of partitions and of cuts', () => {
  const it = network()
  it.partition([[0]])
  it.cut([1], [2])
  it.heal()
  assert.deepEqual([it.isCut(0, 1), it.isCut(1, 2)], [false, false])
})

test('when the ways between some nodes heal then these are open in both directions, and all others as before', () => {
  const it = network()
  it.partition([
    [0, 1],
    [2, 3],
  ])
  it.cut([0], [1, 2])
  it.cut([2], [0])
  const links = { from: [0], to: [2] }
  assert.equal(it.isBrokenBetween(links), true)
  it.heal(links)
  assert.deepEqual([it.isCut(0, 2), it.isCut(2, 0), it.isBrokenBetween(links)], [false, false, false])
  assert.deepEqual([it.isCut(0, 1), it.isCut(1, 0)], [true, false])
  assert.deepEqual([it.isCut(0, 3), it.isCut(1, 2), it.isCut(2, 1)], [true, true, true])
  assert.equal(it.isBrokenBetween({ from: [0, 1], to: [2] }), true)
})

test('when what was healed is cut or parted again then it is cut', () => {
  const it = network()
  const links = { from: [0], to: [1] }
  it.partition([[0], [1]])
  it.heal(links)
  it.cut([0], [1])
  assert.deepEqual([it.isCut(0, 1), it.isCut(1, 0)], [true, false])
  it.heal(links)
  it.partition([[0], [1]])
  assert.deepEqual([it.isCut(0, 1), it.isCut(1, 0)], [true, true])
})

test('when one link is cut and healed over and over then nothing grows', () => {
  const it = network()
  it.partition([[0], [1], [2]])
  for (let i = 0; i < 100; i++) {
    it.cut([0, 1], [2])
    it.cut([1], [2])
    it.heal({ from: [1], to: [2] })
  }
  assert.ok(it.state.opened.length <= 2 && it.state.cuts.length <= 2)
})

test('when loss changes in the middle of a run then it is lost from then on', () => {
  const it = network()
  assert.equal(it.copies(), 1)
  it.loss = 1
  assert.equal(it.copies(), 0)
})
