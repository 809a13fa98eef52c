import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { logLine } from '../../src/gossip/log-line.ts'
import type { GossipNode } from '../../src/gossip/node.ts'
import { place } from '../strategy/recording-host.ts'

const itself: Record<string, unknown> = { name: 'x' }
itself.itself = itself

const cases: readonly (readonly [unknown[], string])[] = [
  [['told', 3, 'peers'], 'told 3 peers'],
  [[{ a: 1, b: ['x', null] }], '{a: 1, b: ["x", null]}'],
  [[new Set([1, 2]), new Map([['k', { v: true }]])], 'Set {1, 2} Map {k: {v: true}}'],
  [[undefined, Number.NaN, 1n, () => 1, Symbol('s')], 'undefined NaN a bigint a function Symbol(s)'],
  [['two\nlines\u001b[31m'], 'two lines [31m'],
  [[new Error('oh')], 'oh'],
  [[itself], '{name: "x", itself: {name: "x", itself: {name: "x", itself: {name: "x", itself: ...}}}}'],
]
for (const [said, line] of cases) {
  test(`when a strategy logs something then the line is ${JSON.stringify(line)}`, () => {
    assert.equal(logLine(said), line)
  })
}

test('when anything is logged then the line is one, of at most 300 characters', () => {
  fc.assert(
    fc.property(
      fc.array(fc.anything({ withMap: true, withSet: true, withBigInt: true }), { maxLength: 3 }),
      (said) => {
        const line = logLine(said)
        assert.ok(line.length <= 300 && ['\n', '\r', '\u001b'].every((it) => !line.includes(it)))
      },
    ),
  )
})

test('when a very long list is logged then it is not gone through', () => {
  let asked = 0
  const list = new Proxy([], {
    get: (target, name) => {
      if (name === 'length') return 1e9
      asked += 1
      return Reflect.get(target, name) ?? 'x'.repeat(20)
    },
  })
  assert.equal(logLine([list]).length, 300)
  assert.ok(asked < 100)
})

test('when a handler logs in a loop then 100 lines are told, and the next handler may log again', () => {
  const { node, host } = place({
    summary: 'Says a lot.',
    onPeriod(node: GossipNode) {
      for (let i = 0; i < 1000; i++) node.log('line', i)
    },
  })
  for (let i = 0; i < 2; i++) {
    node.period()
    const lines = host.seen('logged').map(([, what]) => logLine(what as unknown[]))
    assert.equal(lines.length, 100)
    assert.deepEqual([lines[0], lines[98], lines[99]], ['line 0', 'line 98', '... and more'])
  }
})
