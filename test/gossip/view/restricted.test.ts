import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Address } from '../../../src/gossip/strategy.ts'
import { RestrictedView } from '../../../src/gossip/view/restricted.ts'
import { UniformView } from '../../../src/gossip/view/uniform.ts'
import { randomStream } from '../../../src/simulation/random.ts'

const even = (it: Address) => Number(it) % 2 === 0
const view = () => new RestrictedView(new UniformView(0, 9), even)
const random = () => {
  const it = randomStream(1, 0, 'nodes')
  return () => it.random()
}

test('when only some may be picked then only these are listed', () => {
  assert.deepEqual(view().list(0).map(Number), [2, 4, 6, 8])
})

test('when it picks then each of them is equally likely, and no other comes', () => {
  const draw = random()
  const counts = new Map<number, number>()
  for (let i = 0; i < 4000; i++)
    for (const it of view().pick(2, [], draw, 0)) counts.set(Number(it), (counts.get(Number(it)) ?? 0) + 1)
  assert.deepEqual([...counts.keys()].sort(), [2, 4, 6, 8])
  // 2000 each, with a standard deviation of 32; 5 of these.
  for (const count of counts.values()) assert.ok(Math.abs(count - 2000) < 160, `${count}`)
})

test('when one is excepted or more are asked for than there are then it picks what is left', () => {
  const picked = view().pick(9, [4 as unknown as Address], random(), 0)
  assert.deepEqual(picked.map(Number).sort(), [2, 6, 8])
})
