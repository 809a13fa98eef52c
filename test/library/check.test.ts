import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckOptions, check, strategy } from '../../src/library/index.ts'

test('when push is checked then it passes, in threads and here', async () => {
  for (const workers of [1, 2]) {
    const { passes, claims } = await check({ strategy: 'push', seeds: 6, workers })
    assert.equal(passes, true)
    assert.ok(claims.length >= 8 && claims.every((it) => it.verdict === 'holds'))
  }
})

test('when a strategy that is handed in tells nobody then it does not pass, and says at which claim', async () => {
  const mine = strategy({ summary: 'Tells nobody.' })
  const { passes, claims } = await check({ strategy: { ...mine, name: 'mine' }, seeds: 1 })
  assert.equal(passes, false)
  assert.equal(claims.find((it) => it.claim === 'reaches all')?.verdict, 'violated')
  assert.equal(claims.find((it) => it.claim === 'deterministic')?.verdict, 'holds')
})

test('when a membership is checked then its own claims are judged, and a strategy may be judged on it', async () => {
  const few = { membership: 'cyclon', seeds: 1, nodes: 12, workers: 1 }
  const { passes, claims } = await check(few)
  assert.ok(passes && claims.some(({ claim }) => claim === 'the dead are dropped'))
  const on = await check({ ...few, strategy: 'push', setMembership: { size: 11 } })
  assert.ok(on.passes && on.claims.some(({ claim }) => claim === 'reaches all'))
})

const wrong: [asked: CheckOptions, says: RegExp][] = [
  [{ strategy: 'nonsense' }, /no strategy "nonsense"/],
  [{}, /^check: needs a strategy or a membership$/],
  [{ membership: 'nobody' }, /no membership "nobody"/],
  [{ strategy: 'push', nodes: 3 }, /^check: nodes: .* must be a whole number from 12 to 10000$/],
  [{ strategy: 'push', seeds: 0 }, /^check: seeds: .* must be/],
  [{ strategy: 'push', sed: 1 } as CheckOptions, /^check: there is no sed; there are: strategy/],
  [{ strategy: 'push', options: { fanuot: 1 } }, /fanuot.*fanout/],
]
for (const [asked, says] of wrong) {
  test(`when it is asked ${JSON.stringify(asked)} then it is refused in one line`, async () => {
    await assert.rejects(
      check(asked),
      (error: Error) => says.test(error.message) && !error.message.includes('\n'),
    )
  })
}
