import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOnly, type Source, sourcesOf } from './source.ts'

/** Clocks, dice, timers and the world: a node has them from its host, a graph from its caller. */
const FORBIDDEN =
  /(?<![.\w$])(Date|Math\.random|crypto|performance|setTimeout|setInterval|setImmediate|queueMicrotask|process|globalThis|fetch|console)(?![\w$])/g

function used({ path, text }: Source): string[] {
  return [...codeOnly(text).matchAll(FORBIDDEN)].map(([name]) => `src/${path} uses ${name}`)
}

for (const folder of ['gossip', 'strategy', 'network']) {
  test(`when src/${folder} needs a clock, dice or timers then they are handed in`, () => {
    assert.deepEqual(sourcesOf(folder).flatMap(used), [])
  })
}

for (const text of [
  'Date.now()',
  'new Date',
  'Math.random()',
  'setTimeout(f)',
  'say(`$' + '{process.pid}`)',
  'await fetch(u)',
]) {
  test(`when a file says ${text} then that is found`, () => {
    assert.equal(used({ path: 'gossip/some.ts', text }).length, 1)
  })
}

for (const text of [
  '// Date.now()',
  "say('the Date')",
  'node.random()',
  'update()',
  'host.process',
  'random()',
]) {
  test(`when a file says ${text} then nothing is found`, () => {
    assert.deepEqual(used({ path: 'gossip/some.ts', text }), [])
  })
}
