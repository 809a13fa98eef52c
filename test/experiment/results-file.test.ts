import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Experiment, fingerprint } from '../../src/experiment/cell.ts'
import { cellsOf } from '../../src/experiment/plan.ts'
import { readFinished } from '../../src/experiment/results-file.ts'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { outcome } from './outcome.ts'

let folder: string
let path: string
let experiment: Experiment
const whole = { from: 0, to: 6 }
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-results-'))
  path = `${folder}/results.jsonl`
  const contenders = [[{ name: 'push', weight: 1 }], [{ name: 'pull', weight: 1 }]]
  experiment = {
    cells: await cellsOf({ contenders, set: {}, settings: RUN_DEFAULTS, sweeps: [] }),
    runs: 3,
    seed: 1,
  }
})
after(() => rmSync(folder, { recursive: true, force: true }))

function line(index: number, given = {}): string {
  const cell = experiment.cells[Math.floor(index / 3)]!
  return `${JSON.stringify(outcome({ run: index % 3, experiment: fingerprint(cell), ...given }))}\n`
}

function read(text: string) {
  writeFileSync(path, text)
  return readFinished(path, experiment, whole)
}

test('when there is no file then nothing is finished, and none is made', () => {
  assert.deepEqual(readFinished(`${folder}/none.jsonl`, experiment, whole), [])
  assert.equal(existsSync(`${folder}/none.jsonl`), false)
})

test('when it holds the first four runs then these are finished', () => {
  const finished = read([0, 1, 2, 3].map((i) => line(i)).join(''))
  assert.deepEqual(
    finished.map((it) => [it.cell, it.outcome.run]),
    [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
    ],
  )
})

test('when the last line was not finished then it is cut off', () => {
  assert.equal(read(line(0) + line(1).slice(0, 40)).length, 1)
  assert.equal(readFileSync(path, 'utf8'), line(0))
})

test('when it is another file then it is named and left as it is, even one without an end of a line', () => {
  for (const text of ['{"a":1}', '# Notes\n', `\n${line(0)}`]) {
    assert.throws(() => read(text), /results\.jsonl is not a file of results, as --resume writes them/)
    assert.equal(readFileSync(path, 'utf8'), text)
  }
})

const wrong: [what: string, text: () => string, says: RegExp][] = [
  ['a line is no JSON', () => `${line(0)}nonsense\n`, /results\.jsonl:2 is damaged: not a JSON object/],
  [
    'a line is another object',
    () => `${line(0)}{"a":1}\n`,
    /results\.jsonl:2 is damaged: not the result of a run/,
  ],
  [
    'a run is missing',
    () => line(0) + line(2),
    /results\.jsonl:2 is damaged: run 1 should stand here, not 2/,
  ],
  ['the settings differ', () => line(0, { experiment: 'abcdef01' }), /:1 is of another experiment/],
  ['the seed differs', () => line(0, { seed: 2 }), /:1 is of another experiment/],
  [
    'there are too many',
    () => [0, 1, 2, 3, 4, 5, 5].map((i) => line(i)).join(''),
    /7 results, more than the 6/,
  ],
]
for (const [what, text, says] of wrong) {
  test(`when ${what} then it is refused and left as it is`, () => {
    assert.throws(() => read(text()), says)
    assert.equal(readFileSync(path, 'utf8'), text())
  })
}
