import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategy } from '../../src/gossip/strategy.ts'
import { place } from '../strategy/recording-host.ts'
import { at, value } from './build.ts'

function waiting(periods: number) {
  return strategy({
    summary: 'Waits.',
    onNewer: (node) => node.after(periods, () => node.sendValue([at('p0')])),
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
