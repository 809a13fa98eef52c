import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMix } from '../../../src/cli/option/mix.ts'
import { loadPopulation } from '../../../src/loader/population.ts'

const good: [text: string, parts: [name: string, weight: number][]][] = [
  ['push:50', [['push', 50]]],
  [
    'push:50,silent:0.5',
    [
      ['push', 50],
      ['silent', 0.5],
    ],
  ],
  [
    ' push : 1 , ./my idea:2.ts:3 ',
    [
      ['push', 1],
      ['./my idea:2.ts', 3],
    ],
  ],
]
for (const [text, parts] of good) {
  test(`when a mix is "${text}" then it is read`, () =>
    assert.deepEqual(
      parseMix(text),
      parts.map(([name, weight]) => ({ name, weight })),
    ))
}

const many = Array.from({ length: 256 }, (_, i) => `s${i}:1`).join()
const bad: [text: string, says: RegExp][] = [
  ['', /NAME:WEIGHT/],
  ['push', /NAME:WEIGHT/],
  ['push:', /NAME:WEIGHT/],
  [':5', /NAME:WEIGHT/],
  ['push:half', /NAME:WEIGHT/],
  ['push:-1', /NAME:WEIGHT/],
  ['push:1,', /NAME:WEIGHT/],
  ['push:0', /weight of push must be greater than 0/],
  ['push:1,push:2', /names push twice/],
  [many, /names 256 strategies \(at most 255\)/],
]
for (const [text, says] of bad) {
  test(`when a mix is "${text.slice(0, 30)}" then it is refused`, () =>
    assert.throws(() => parseMix(text), says))
}

test('when a mix is given options then each goes to the strategies that have it', async () => {
  const mix = parseMix('push:1,rumor:2,silent:3')
  const population = await loadPopulation(mix, { fanout: 2, k: 5 })
  const [push, rumor, silent] = population.map((it) => it.protocol)
  assert.deepEqual(push!.options, { fanout: 2 })
  assert.equal(rumor!.options.k, 5)
  assert.deepEqual(silent!.options, {})
  assert.deepEqual(
    population.map((it) => it.weight),
    [1, 2, 3],
  )
})

const wrong: [mix: string, set: Record<string, unknown>, says: RegExp][] = [
  ['push:1,silent:1', { fanuot: 2 }, /no option fanuot: push has fanout; silent has none/],
  ['push:1,silent:1', { fanout: 0 }, /options of push: fanout/],
  ['push:1', { fanuot: 2 }, /options of push: .*fanuot/],
  ['push:1,nonsense:1', {}, /no strategy "nonsense"/],
  ['push:1,./nonsense.ts:1', {}, /no file \.\/nonsense\.ts/],
]
for (const [mix, set, says] of wrong) {
  test(`when ${mix} is given ${JSON.stringify(set)} then it is refused`, () =>
    assert.rejects(loadPopulation(parseMix(mix), set), says))
}
