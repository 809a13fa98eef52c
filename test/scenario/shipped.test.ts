import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadScenario, scenarioNames } from '../../src/loader/scenario.ts'

/** What `check` runs, and its commands replay. */
const CHECKS = ['check-crashes', 'check-loss', 'check-partition']
const NAMES = [
  'all-restart-at-once',
  'flapping-node',
  'loss-30-percent',
  'one-way-cut',
  'partition-longer-than-expiry',
]

test('when scenarios ship then they are listed by name, sorted', () =>
  assert.deepEqual(scenarioNames(), [...CHECKS, ...NAMES].sort()))

for (const name of CHECKS) {
  test(`when ${name} is loaded for as many nodes as check may have then it parses`, () => {
    for (const nodes of [12, 32, 1000])
      assert.ok(loadScenario(name, { nodes, rounds: false }).some((it) => it.do === 'propagate'))
  })
}

for (const name of NAMES) {
  test(`when ${name} is loaded for 10, 20 or 1000 nodes then it parses, propagates, and ends healed`, () => {
    for (const nodes of [10, 20, 1000]) {
      const steps = loadScenario(name, { nodes, rounds: false })
      const words: string[] = steps.map((it) => it.do)
      assert.ok(words.includes('propagate'))
      assert.ok(
        words.lastIndexOf('heal') >= Math.max(words.lastIndexOf('cut'), words.lastIndexOf('partition')),
      )
      assert.equal(steps.findLast((it) => it.do === 'network')?.loss ?? 0, 0)
      assert.ok(steps.at(-1)!.at <= 90_000)
    }
  })
}

const cluster = { nodes: 3, rounds: false }

test('when there is no such scenario then those that exist are named', () =>
  assert.throws(
    () => loadScenario('nonsense', cluster),
    /^Error: no scenario "nonsense"; there are: all-.*JSON/,
  ))

test('when there is no such file then that is said', () =>
  assert.throws(() => loadScenario('./nonsense', cluster), /^Error: no file \.\/nonsense$/))

test('when it is a folder then that is said', () =>
  assert.throws(() => loadScenario(tmpdir(), cluster), /that is a folder/))

test('when a file is wrong then the file is named, and the step, in one line', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'mine')
  const wrong: [text: string, says: RegExp][] = [
    ['[{"at": 0,\n "do"]', /mine is not JSON: [^\n]+$/],
    ['', /mine is not JSON/],
    ['{}', /mine: an object must be a list of steps/],
    [
      '[{"at":0,"do":"propagate","node":0},{"at":1,"do":"kill","nodes":3}]',
      /mine: step 2: nodes: there is no node 3/,
    ],
  ]
  for (const [text, says] of wrong) {
    writeFileSync(file, text)
    assert.throws(() => loadScenario(file, cluster), says)
  }
  writeFileSync(file, '[{"at":0,"do":"propagate","node":0}]')
  assert.equal(loadScenario(file, cluster).length, 1)
})
