import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseExpectations, Verdicts } from '../../src/experiment/expect.ts'
import { Summary } from '../../src/experiment/summary.ts'
import { outcome } from './outcome.ts'

function violated(bounds: string, residues: readonly number[]): string[] {
  const verdicts = new Verdicts(parseExpectations(bounds))
  const summary = new Summary()
  residues.forEach((residue, run) => {
    summary.add(outcome({ residue, run }))
    verdicts.see(outcome({ residue, run }))
  })
  return verdicts.violated(summary)
}

const rows: [bounds: string, residues: number[], violated: number][] = [
  ['residue<=0.1', [0, 0.1], 0],
  ['residue<=0.1', [0, 0.2], 1],
  ['residue<0.1', [0.1], 1],
  ['residue>=0.1', [0.1], 0],
  ['residue>0.1', [0.1], 1],
  ['residue=0', [0], 0],
  ['residue=0', [0.001], 1],
  ['residue<=1e-3', [0.001], 0],
  ['median.residue<=0.1', [0, 0.1, 0.9], 0],
  ['mean.residue<=0.1', [0, 0.1, 0.9], 1],
  ['residue<=0.1 tLast<=600', [0.5], 1],
  ['residue<=0.1,traffic<=2', [0.5], 2],
]
for (const [bounds, residues, count] of rows) {
  test(`when runs leave ${residues} then ${count} of the bounds ${bounds} are violated`, () => {
    assert.equal(violated(bounds, residues).length, count)
  })
}

test('when runs violate a bound then the first is named, its value, and how many', () => {
  assert.deepEqual(violated('residue<=0.1', [0, 0.5, 0.3]), [
    'expected residue<=0.1, but run 1 has 0.5 (2 of 3 runs violate it)',
  ])
})

test('when a figure was not asked for then no bound on it holds, and that is said', () => {
  const verdicts = new Verdicts(parseExpectations('upMax<=1e9'))
  const summary = new Summary()
  const { upMax, ...without } = outcome()
  summary.add(without)
  verdicts.see(without)
  assert.deepEqual(verdicts.violated(summary), [
    'expected upMax<=1e9, but run 0 has no such figure (--size or --bandwidth gives those of links, --values those of a load) (1 of 1 runs violate it)',
  ])
})

for (const [bounds, says] of [
  ['', /needs a bound/],
  ['residue', /"residue" is no bound such as/],
  ['residue<=', /is no bound/],
  ['residue<=many', /is no bound/],
  ['residu<=1', /"residu" is no figure; there are: residue, traffic/],
  ['strategy=push', /is no bound/],
  ['mode.residue<=1', /is no bound/],
  ['median.infected>=1', /"infected" is no figure/],
] as const) {
  test(`when the bound is "${bounds}" then it is refused`, () => {
    assert.throws(() => parseExpectations(bounds), says)
  })
}
