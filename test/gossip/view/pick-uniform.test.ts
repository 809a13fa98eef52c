import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pick } from '../../../src/gossip/view/pick.ts'
import { chiSquare, chiSquareLimit, tally } from '../chi-square.ts'
import { dice } from '../dice.ts'

const letters = [...'abcdefgh']
const pairs = letters.flatMap((a, i) => letters.slice(i + 1).map((b) => a + b))
const DRAWS = 20_000

function assertUniform(counts: readonly number[]): void {
  const sum = chiSquare(counts)
  const limit = chiSquareLimit(counts.length)
  assert.ok(sum < limit, `chi-square ${sum.toFixed(1)} of ${counts}, limit ${limit.toFixed(1)}`)
}

function pair(picked: readonly string[]): string {
  return [...picked].sort().join('')
}

test('when one item is picked many times then each comes equally often, first and last too', () => {
  const random = dice(1)
  const counts = tally(letters, DRAWS, () => pick(letters, 1, random)[0]!)
  assertUniform(counts)
  const [first, last] = [counts[0]!, counts.at(-1)!]
  assertUniform([first + last, ...Array(3).fill((DRAWS - first - last) / 3)])
})

test('when two items are picked many times then each pair comes equally often', () => {
  const random = dice(2)
  assertUniform(tally(pairs, DRAWS, () => pair(pick(letters, 2, random))))
})

test('when two items are picked many times then each comes first as often as second', () => {
  const random = dice(3)
  const ordered = pairs.flatMap((it) => [it, [...it].reverse().join('')])
  assertUniform(tally(ordered, DRAWS, () => pick(letters, 2, random).join('')))
})

test('when all items are picked then each order comes equally often', () => {
  const random = dice(4)
  const orders = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']
  assertUniform(tally(orders, DRAWS, () => pick(['a', 'b', 'c'], 3, random).join('')))
})

for (const skipped of ['a', 'h', 'ah', 'dfe']) {
  test(`when ${skipped} is skipped then each pair of the others comes equally often`, () => {
    const random = dice(5)
    const others = pairs.filter((it) => ![...it].some((letter) => skipped.includes(letter)))
    assertUniform(tally(others, DRAWS, () => pair(pick(letters, 2, random, (it) => skipped.includes(it)))))
  })
}

test('when a shuffle draws from the whole array each time then these statistics find its bias', () => {
  const random = dice(6)
  const shuffle = (): string => {
    const it = ['a', 'b', 'c']
    for (let i = 0; i < 3; i++) {
      const j = Math.floor(random() * 3)
      const item = it[i]!
      it[i] = it[j]!
      it[j] = item
    }
    return it.join('')
  }
  const orders = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']
  assert.throws(() => assertUniform(tally(orders, DRAWS, shuffle)), /chi-square/)
})
