import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insteadOf, sideDoorIn } from '../../src/loader/side-doors.ts'
import { sourcesOf } from '../house/source.ts'

const CLOCK = /a strategy has no clock: node\.after\(periods, act\)/
const DICE = /a strategy has no dice of its own: node\.chance\(p\), node\.pick\(k\)/
const SCREEN = /a strategy prints nothing: node\.log\(\.\.\.\)/
const WORLD = /a strategy has no I\/O/

const doors: readonly (readonly [string, RegExp])[] = [
  ['setTimeout(f, 5)', CLOCK],
  ['const t = Date.now()', CLOCK],
  ['const t = +new Date', CLOCK],
  ['const t = new Date()', CLOCK],
  ['const t = Date()', CLOCK],
  ['const t = performance.now()', CLOCK],
  ["import { setTimeout as wait } from 'node:timers/promises'", CLOCK],
  ['node.pick(Math.random() * 3)', DICE],
  ['const x = crypto.randomUUID()', DICE],
  ["import { randomInt } from 'node:crypto'", DICE],
  ['console.log(1)', SCREEN],
  ['globalThis.console.log(1)', SCREEN],
  ['process.exit(1)', WORLD],
  ['await fetch(u)', WORLD],
  ["import { readFileSync } from 'node:fs'", WORLD],
  ["import fs from 'fs'", WORLD],
  ["import 'node:net'", WORLD],
  ['say(`$' + '{process.pid}`)', WORLD],
]
for (const [code, says] of doors) {
  test(`when a strategy says ${code} then the sentence names line and column, and what there is instead`, () => {
    const fault = sideDoorIn('mine.ts', `// console.log\n/* Date.now() */\n${code}\n`)
    assert.match(fault ?? '', says)
    assert.match(fault ?? '', /^mine\.ts:3:\d+: uses /)
  })
}

const harmless = [
  '// Date.now()',
  "say('console.log')",
  'say(`Math.random() and console.log`)',
  'new Date(5)',
  'const process = 5; process + 1',
  'function f(crypto: string) { return crypto.length }',
  'node.state.process.go()',
  'const it = { performance: 5 }',
  'node.random()',
  'update()',
  'candidate()',
  "import { z } from 'gossip/strategy'",
]
for (const code of harmless) {
  test(`when a strategy says ${code} then nothing is found`, () => {
    assert.equal(sideDoorIn('mine.ts', code), undefined)
  })
}

test('when the strategies here are looked at then nothing is found', () => {
  for (const { path, text } of sourcesOf('strategy')) assert.equal(sideDoorIn(path, text), undefined)
})

test('when a name is no side door then there is nothing instead', () => {
  for (const name of ['node', 'toString', 'constructor', '', 'lodash'])
    assert.equal(insteadOf(name), undefined)
})
