/** The course: each reference passes, what one begins with does not, nor do wrong ways that come to mind. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPassed, type Verdict } from '../../src/exercise/exercise.ts'
import { exerciseOf, exercises } from '../../src/exercise/index.ts'
import { membershipProtocol, protocol } from '../../src/gossip/protocol.ts'
import { wrongWays } from './wrong-ways.ts'

function judged(number: number, definition: unknown): Verdict {
  const exercise = exerciseOf(number)
  return exercise.kind === 'strategy'
    ? exercise.judge(protocol('mine', definition))
    : exercise.judge(membershipProtocol('mine', definition))
}

/** The figures that are missed, in words. */
function missed({ figures }: Verdict): string {
  return figures
    .filter((it) => !it.isMet)
    .map((it) => it.what)
    .join('; ')
}

for (const { number, title } of exercises) {
  test(`exercise ${number}, ${title}: the reference passes, what one begins with does not`, async () => {
    const { default: reference } = await import(`./${number}.js`)
    const { default: start } = await import(`../../src/exercise/start/${number}.js`)
    const verdict = judged(number, reference)
    assert.ok(isPassed(verdict), JSON.stringify(verdict))
    assert.equal(verdict.seed, null)
    assert.notEqual(missed(judged(number, start)), '')
  })
}

for (const { number, what, definition, misses } of wrongWays) {
  test(`exercise ${number}: ${what}: misses ${misses.source}`, () => {
    assert.match(missed(judged(number, definition)), misses)
  })
}

test('when an exercise is told then it has three hints, and no two have a title or a target in common', () => {
  for (const { hints } of exercises) assert.equal(new Set(hints).size, 3)
  for (const key of ['title', 'target', 'story'] as const)
    assert.equal(new Set(exercises.map((it) => it[key])).size, exercises.length)
  assert.deepEqual(
    exercises.map((it) => it.number),
    [1, 2, 3, 4, 5, 6, 7, 8],
  )
})
