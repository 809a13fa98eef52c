import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOnly, type Source, sourcesOf } from './source.ts'

/** Clocks, dice, timers and the world: a node has them from its host, a graph from its caller. */
const FORBIDDEN =
  /(?<![.\w$])(Date|Math\.random|crypto|performance|setTimeout|setInterval|setImmediate|queueMicrotask|process|globalThis|fetch|console)(?![\w$])/g

/** What makes a daemon's run differ from the one before. */
const REAL = /(?<![.\w$])(Date|Math\.random|performance|setTimeout|setInterval|setImmediate)(?![\w$])/g
/** Where a daemon has them from by default, and what is beside the daemon, or stands for the real world in it. */
const REAL_IN = [
  'clock.ts',
  'daemon.ts',
  'client/',
  'log/',
  'address/name-lookup.ts',
  'storage/set-aside.ts',
  'transport/read-with-deadline.ts',
  'transport/tls-transport.ts',
]

function used({ path, text }: Source, what = FORBIDDEN): string[] {
  return [...codeOnly(text).matchAll(what)].map(([name]) => `src/${path} uses ${name}`)
}

for (const folder of ['gossip', 'strategy', 'membership', 'network']) {
  test(`when src/${folder} needs a clock, dice or timers then they are handed in`, () => {
    assert.deepEqual(
      sourcesOf(folder).flatMap((it) => used(it)),
      [],
    )
  })
}

test('when src/daemon needs a clock, dice or timers then they are handed in, so that it runs in a seeded world', () => {
  const isReal = ({ path }: Source): boolean => REAL_IN.some((it) => path.startsWith(`daemon/${it}`))
  const all = sourcesOf('daemon')
  assert.deepEqual(
    all.filter((it) => !isReal(it)).flatMap((it) => used(it, REAL)),
    [],
  )
  for (const it of REAL_IN)
    assert.ok(
      all.some(({ path }) => path.startsWith(`daemon/${it}`)),
      it,
    )
})

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
