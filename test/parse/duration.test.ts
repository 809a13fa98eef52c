import assert from 'node:assert/strict'
import { test } from 'node:test'
import { durationSchema } from '../../src/parse/duration.ts'

const right: [text: string, ms: number][] = [
  ['500ms', 500],
  ['2s', 2000],
  ['0.5s', 500],
  ['1m', 60_000],
  ['1.5h', 5_400_000],
  ['250', 250],
  ['0', 0],
  ['2000000s', 2_000_000_000],
]
for (const [text, ms] of right) {
  test(`when a duration is ${text} then it is ${ms} ms`, () => assert.equal(durationSchema.parse(text), ms))
}

const wrong: [text: string, says: RegExp][] = [
  ['', /such as 500ms/],
  ['soon', /such as 500ms/],
  ['-1s', /such as 500ms/],
  ['1 s', /such as 500ms/],
  ['1d', /such as 500ms/],
  ['.5s', /such as 500ms/],
  ['2000000001', /at most 23 days/],
]
for (const [text, says] of wrong) {
  test(`when a duration is ${JSON.stringify(text)} then it is refused`, () => {
    assert.match(durationSchema.safeParse(text).error?.issues[0]?.message ?? '', says)
  })
}
