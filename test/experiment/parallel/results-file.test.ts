import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Experiment, fingerprint } from '../../../src/experiment/cell.ts'
import { readFinished, resultLine } from '../../../src/experiment/parallel/results-file.ts'
import { cellsOf } from '../../../src/experiment/plan.ts'
import type { Done } from '../../../src/experiment/run-one.ts'
import { RUN_DEFAULTS } from '../../../src/experiment/settings.ts'
import { outcome } from '../outcome.ts'

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

function read(text: string): Promise<Done[]> {
  writeFileSync(path, text)
  return listed(path)
}

async function listed(file: string): Promise<Done[]> {
  const all: Done[] = []
  for await (const it of readFinished(file, experiment, whole)) all.push(it)
  return all
}

test('when there is no file then nothing is finished, and none is made', async () => {
  assert.deepEqual(await listed(`${folder}/none.jsonl`), [])
  assert.equal(existsSync(`${folder}/none.jsonl`), false)
})

test('when it holds the first four runs then these are finished', async () => {
  const finished = await read([0, 1, 2, 3].map((i) => line(i)).join(''))
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

test('when the last line was not finished then it is cut off', async () => {
  assert.equal((await read(line(0) + line(1).slice(0, 40))).length, 1)
  assert.equal(readFileSync(path, 'utf8'), line(0))
})

test('when a result is written with its curve then it is read as it was', async () => {
  const curve = { times: Float64Array.of(0, 0.1, 1234.56), reached: 0.3 }
  const [print] = experiment.cells.map(fingerprint)
  const result = outcome({ run: 0, experiment: print! })
  assert.deepEqual(await read(resultLine(result, curve) + line(1)), [
    { cell: 0, outcome: result, curve },
    { cell: 0, outcome: { ...result, run: 1 } },
  ])
})

test('when a last line without an end is longer than what is read at a time then it is cut off', async () => {
  assert.equal((await read(line(0) + line(1).trimEnd().padEnd(200_000))).length, 1)
  assert.equal(readFileSync(path, 'utf8'), line(0))
  assert.equal((await read(line(0).trimEnd().padEnd(200_000))).length, 0)
  assert.equal(readFileSync(path, 'utf8'), '')
})

test('when it is another file then it is named and left as it is, even one without an end of a line', async () => {
  for (const text of ['{"a":1}', '# Notes\n', `\n${line(0)}`]) {
    await assert.rejects(read(text), /results\.jsonl is not a file of results, as --resume writes them/)
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
  [
    'a curve is none',
    () => line(0, { curve: { times: [], reached: 0.5 } }),
    /results\.jsonl:1 is damaged: not the result of a run/,
  ],
  ['the seed differs', () => line(0, { seed: 2 }), /:1 is of another experiment/],
  [
    'there are too many',
    () => [0, 1, 2, 3, 4, 5, 5].map((i) => line(i)).join(''),
    /more results than the 6 of/,
  ],
]
for (const [what, text, says] of wrong) {
  test(`when ${what} then it is refused and left as it is`, async () => {
    await assert.rejects(read(text()), says)
    assert.equal(readFileSync(path, 'utf8'), text())
  })
}
