import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOnly, sourcesOf } from './source.ts'

/** Lists that have a bound: the flaws of some runs, the first of each kind; peers of one message, and of one source. */
const MAY = ['experiment/check/check-seed.ts', 'gossip/view/candidates.ts', 'gossip/view/table.ts']

test('when a list has no bound then it is not handed over as arguments, which would overflow the stack', () => {
  const spread = sourcesOf('.').filter(({ text }) =>
    /\bMath\s*\.\s*(?:max|min)\(\s*\.\.\.|\.(?:push|unshift)\(\s*\.\.\./.test(codeOnly(text)),
  )
  assert.deepEqual(
    spread.map(({ path }) => path).filter((path) => !MAY.includes(path)),
    [],
  )
})
