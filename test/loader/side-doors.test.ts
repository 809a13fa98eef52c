import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { importsNode, insteadOf, sideDoorIn } from '../../src/loader/source-text/side-doors.ts'
import { sourcesOf as sourcesIn } from '../../src/loader/sources.ts'
import { sourcesOf } from '../house/source.ts'

const CLOCK = /a strategy has no clock: node\.after\(periods, act\)/
const DICE = /a strategy has no dice of its own: node\.chance\(p\), node\.pick\(k\)/
const SCREEN = /a strategy prints nothing: node\.log\(\.\.\.\)/
const WORLD = /a strategy has no I\/O/
const CODE = /no code is made or fetched/
const MEMORY = /nodes share no memory: state\(\)/
const WAITING = /a handler is over when it returns/

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
  ['const u = import.meta.url', WORLD],
  ['new Intl.DateTimeFormat().format()', CLOCK],
  ["eval('1')", CODE],
  ["new Function('return 1')()", CODE],
  ["const fs = import('node:' + 'fs')", CODE],
  ['WebAssembly.validate(x)', CODE],
  ['Atomics.wait(x, 0, 0)', MEMORY],
  ['const g = globalThis as unknown', MEMORY],
  ['global.count += 1', MEMORY],
  ['async onPeriod(node) {}', WAITING],
  ['const f = async () => 5', WAITING],
  ['const x = await y', WAITING],
  ['Promise.resolve().then(f)', WAITING],
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
  'const f: Function = g',
  'const it = { async: true, await: 5 }',
  'node.state.global.count += 1',
  'const { global } = node.state; global.add(1)',
  'interface Worker { process(): void }',
  'type Answer = Promise<void>',
  'self => self.number',
  'class Queue { process(it: number) { return it } }',
  "import { z } from 'gossip/strategy'",
]
for (const code of harmless) {
  test(`when a strategy says ${code} then nothing is found`, () => {
    assert.equal(sideDoorIn('mine.ts', code), undefined)
  })
}

test('when a module of Node is imported then that is known, by whatever name', () => {
  for (const name of ['node:fs', 'fs', 'node:timers/promises', 'child_process'])
    assert.equal(importsNode(`import { x } from '${name}'`), true, name)
  assert.equal(importsNode("import {\n  readFileSync,\n} from 'fs'"), true)
  for (const name of ['gossip/strategy', './fs.js'])
    assert.equal(importsNode(`import { x } from '${name}'`), false)
})

test('when a file imports others of its own then their texts are looked at, too', (t) => {
  const folder = mkdtempSync(`${tmpdir()}/gossip-sources-`)
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(`${folder}/deep`)
  writeFileSync(`${folder}/mine.ts`, "import { a } from './deep/a.js'\nimport './gone.js'\n")
  writeFileSync(`${folder}/deep/a.ts`, "export { a } from './b'\nimport '../mine.js'\n")
  writeFileSync(`${folder}/deep/b.ts`, 'export const a = Date.now()\n')
  const found = sourcesIn(`${folder}/mine.ts`, 'mine.ts')
  assert.deepEqual(
    found.map((it) => it.source),
    ['mine.ts', 'deep/a.ts', 'deep/b.ts'],
  )
})

test('when the strategies here are looked at then nothing is found', () => {
  for (const { path, text } of sourcesOf('strategy')) assert.equal(sideDoorIn(path, text), undefined)
})

test('when a name is no side door then there is nothing instead', () => {
  for (const name of ['node', 'toString', 'constructor', '', 'lodash'])
    assert.equal(insteadOf(name), undefined)
})
