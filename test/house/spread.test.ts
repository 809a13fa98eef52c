import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOnly, sourcesOf } from './source.ts'

/** The flaws of some runs, of which it keeps the first of each kind. */
const MAY = ['experiment/check/check-seed.ts']

test('when a list has no bound then it is not handed over as arguments, which would overflow the stack', () => {
  const spread = sourcesOf('.').filter(({ text }) =>
    /\bMath\s*\.\s*(?:max|min)\(\s*\.\.\.|\.(?:push|unshift)\(\s*\.\.\./.test(codeOnly(text)),
  )
  assert.deepEqual(
    spread.map(({ path }) => path).filter((path) => !MAY.includes(path)),
    [],
  )
})
