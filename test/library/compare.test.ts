import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CompareOptions, compare, simulate } from '../../src/library/index.ts'
import { mine } from './strategies.ts'

test('when strategies are compared then each has a row, in their order, of 20 runs', async () => {
  const rows = await compare({ strategies: ['pull', 'push', { ...mine, name: 'mine' }], nodes: 50 })
  assert.deepEqual(
    rows.map(({ strategy, swept, runs }) => ({ strategy, swept, runs })),
    ['pull', 'push', 'mine'].map((strategy) => ({ strategy, swept: {}, runs: 20 })),
  )
})

test('when a row is summed up then its figures are those of the same simulated runs', async () => {
  const [row] = await compare({ strategies: ['push'], nodes: 50, runs: 5, seed: 3 })
  const runs = await simulate({ strategy: 'push', nodes: 50, runs: 5, seed: 3 })
  const sorted = runs.map(({ tLast }) => tLast).sort((a, b) => a - b)
  const { median, low, high, mean } = row!.figures.tLast
  assert.deepEqual([low, median, high], [sorted[0], sorted[2], sorted[4]])
  assert.ok(Math.abs(mean - sorted.reduce((a, b) => a + b) / 5) < 1e-6)
  const [from, to] = row!.figures.tLast.meanInterval!
  assert.ok(from < mean && Math.abs((from + to) / 2 - mean) < 1e-6)
  assert.equal(
    row!.worstRun,
    runs.findIndex(({ tLast }) => tLast === sorted[4]),
  )
})

test('when settings and options are swept then they multiply, and who lacks the option runs once for each setting', async () => {
  const rows = await compare({
    strategies: ['push', 'flood'],
    sweep: { fanout: [1, 2, 3], loss: [0, 0.1] },
    nodes: 20,
    runs: 2,
  })
  assert.equal(rows.length, 6 + 2)
  assert.deepEqual(rows[1]!.swept, { fanout: 1, loss: 0.1 })
  assert.deepEqual(rows[7]!.swept, { loss: 0.1 })
})

test('when there is a mix then it is one more row', async () => {
  const mix = [
    { strategy: mine, weight: 1 },
    { strategy: 'silent', weight: 3 },
  ]
  const rows = await compare({ strategies: ['push'], mix, nodes: 40, runs: 2 })
  assert.deepEqual(
    rows.map(({ strategy }) => strategy),
    ['push', 'strategy:1,silent:3'],
  )
})

const wrong: [what: string, asked: object, says: RegExp][] = [
  ['no list', { strategies: 'push' }, /^compare: strategies: .* must be a list of strategies/],
  ['an empty list', { strategies: [] }, /^compare: strategies: names none/],
  ['two without a name', { strategies: [mine, mine] }, /two strategies are called strategy/],
  ['an unknown setting', { strategies: ['push'], trace: () => {} }, /there is no trace; there are: /],
  [
    'an unknown sweep',
    { strategies: ['push'], sweep: { fan: [1] } },
    /can't sweep fan; .*topology, .*publishers; push has fanout/,
  ],
  ['an empty sweep', { strategies: ['push'], sweep: { loss: [] } }, /sweep\.loss: has no value/],
  ['a sweep with a wrong value', { strategies: ['push'], sweep: { loss: [2] } }, /loss: 2 must be a prob/],
  ['a sweep that is no list', { strategies: ['push'], sweep: { loss: 0 } }, /sweep\.loss: .* must be a list/],
  ['a value twice', { strategies: ['push'], sweep: { loss: [0, 0] } }, /sweep\.loss: names a value twice/],
  [
    'no weight',
    { strategies: [], mix: [{ strategy: 'push', weight: 0 }] },
    /mix\.0\.weight: .* must be greater/,
  ],
]
for (const [what, asked, says] of wrong) {
  test(`when compare is given ${what} then it says so in one line`, async () => {
    await assert.rejects(compare(asked as CompareOptions), ({ message }: Error) => {
      assert.match(message, says)
      assert.ok(!message.includes('\n'))
      return true
    })
  })
}
