import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategy, z } from '../../src/gossip/strategy.ts'
import { place } from '../strategy/recording-host.ts'
import { at, ME, value } from './build.ts'

const [P0, P1] = [at('p0'), at('p1')]

/** Told of a value it sends itself a message, as if `p1` had sent it; told of that it sends the value to `p0`. */
function waiting(periods: number, from = P1) {
  return strategy({
    summary: 'Waits.',
    messages: { over: { times: z.int() } },
    onNewer: (node) => void node.after(periods, 'over', from, { times: 1 }),
    onMessage: { over: (node) => node.sendValue([P0]) },
  })
}

test('when something is to happen after some periods then it happens then, once, and not before', () => {
  const { host } = place(waiting(2.5), { holds: value('a', 1) })
  host.pass(2.49)
  assert.equal(host.sent().length, 0)
  host.pass(0.01)
  assert.equal(host.sent().length, 1)
  host.pass(100)
  assert.equal(host.sent().length, 0)
})

test('when something is to happen after no period at all then not from within the handler', () => {
  const { host } = place(waiting(0), { holds: value('a', 1) })
  assert.equal(host.sent().length, 0)
  host.pass(0)
  assert.equal(host.sent().length, 1)
})

test('when the node has stopped then nothing happens any more', () => {
  const { node, host } = place(waiting(1), { holds: value('a', 1) })
  node.stop()
  host.pass(10)
  assert.deepEqual(host.sent(), [])
})

for (const periods of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1_000_001]) {
  test(`when ${periods} periods are to be waited for then that is a fault`, () => {
    const { node, host } = place(waiting(periods))
    node.receive(null, value('a', 1))
    assert.match(String(host.seen('fault')[0]?.[1]), /onNewer: can't wait .* periods/)
  })
}

/** Writes down what comes of what it told itself. */
function telling() {
  const heard: unknown[] = []
  const it = strategy({
    summary: 'Tells itself.',
    messages: { over: { what: z.string() }, other: {} },
    onMessage: {
      over: (_node, from, { what }) => void heard.push([from, what]),
      other: (_node, from) => void heard.push([from]),
    },
  })
  return { ...place(it), heard }
}

test('when a node tells itself something then its handler is told who was meant, and the fields as they were', () => {
  const { node, host, heard } = telling()
  const fields = { what: 'x' }
  assert.equal(node.after(1, 'over', P1, fields), true)
  fields.what = 'changed'
  node.after(1, 'over', ME, { what: 'y' })
  assert.equal(node.waiting, 2)
  host.pass(1)
  assert.deepEqual(heard, [
    [P1, 'x'],
    [ME, 'y'],
  ])
  assert.equal(node.waiting, 0)
  assert.deepEqual(host.seen(), [], 'nobody else hears of it')
})

test('when what it tells itself is taken back of one, or of all, then the others come all the same', () => {
  const { node, host, heard } = telling()
  for (const from of [P0, P1, P1]) node.after(1, 'over', from, { what: 'x' })
  node.after(1, 'other', P1)
  node.cancel('over', P1)
  assert.equal(node.waiting, 2)
  host.pass(1)
  assert.deepEqual(heard, [[P0, 'x'], [P1]])
  for (const from of [P0, P1]) node.after(1, 'over', from, { what: 'x' })
  node.cancel('over')
  host.pass(1)
  assert.equal(heard.length, 2)
  node.cancel('over')
  node.cancel('nothing of the kind')
})

test('when it was taken back and is told again then it comes once', () => {
  const { node, host, heard } = telling()
  node.after(1, 'over', P0, { what: 'first' })
  node.cancel('over')
  node.after(1, 'over', P0, { what: 'second' })
  host.pass(2)
  assert.deepEqual(heard, [[P0, 'second']])
})

test('when the host drops a delay then the node is told, and waits for nothing', () => {
  const { node, host, heard } = telling()
  host.maxTimers = 1
  assert.deepEqual(
    [1, 2].map((periods) => node.after(periods, 'over', P0, { what: 'x' })),
    [true, false],
  )
  assert.equal(node.waiting, 1)
  host.pass(5)
  assert.equal(heard.length, 1)
})

for (const [what, type, fields] of [
  ['has none of its fields', 'over', {}],
  ['has a field that is wrong', 'over', { what: 7 }],
  ['is not declared', 'late', {}],
] as const) {
  test(`when what it tells itself ${what} then that is refused at once`, () => {
    const { node } = telling()
    assert.throws(() => node.after(1, type, P0, fields), /message over refused|has no message late/)
    assert.equal(node.waiting, 0)
  })
}
