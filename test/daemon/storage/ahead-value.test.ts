/** What becomes of a value when the clock by which it was taken is set back. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { AheadValue } from '../../../src/daemon/storage/ahead-value.ts'
import { Store } from '../../../src/daemon/storage/store.ts'
import push from '../../../src/strategy/push.ts'
import { value } from '../../gossip/build.ts'
import { place } from '../../strategy/recording-host.ts'
import { newFolder } from '../folder.ts'
import { noted, silent } from '../node.ts'

const DAY_MS = 86_400_000
const DRIFT_MS = 60_000

function placed(t: TestContext) {
  const { node, host } = place(push, { peers: 3 })
  const folder = newFolder(t)
  const store = Store.open(folder, silent)
  t.after(() => store.close())
  const { log, lines } = noted('warn')
  const clock = () => host.clock()
  const ahead = new AheadValue({ store, maxClockDrift: DRIFT_MS, clock, log: () => log })
  const take = (text: string, timestamp: number) => {
    host.clockMs = timestamp
    assert.equal(node.receive(null, value(text, timestamp)), 'newer')
    assert.equal(store.keep({ key: '', value: text, timestamp }), undefined)
  }
  const holds = () => node.get()?.value
  return { node, host, store, ahead, lines, take, holds }
}

test('when the clock of a node that runs is set back then it goes on without its value, and takes what is newer', (t) => {
  const { node, host, store, ahead, lines, take } = placed(t)
  const now = host.clockMs
  take('of-tomorrow', now + DAY_MS)
  host.clockMs = now
  assert.equal(ahead.period(node), true)
  assert.equal(node.get(), null)
  assert.equal(ahead.period(node), false)
  host.sent()
  node.period()
  assert.deepEqual(host.sent(), [], 'it sends nothing that all refuse')
  take('today', now)
  assert.equal(ahead.period(node), false)
  assert.equal(lines.length, 1)
  assert.deepEqual(
    [store.get('')?.value, store.ahead],
    ['today', [{ key: '', value: 'of-tomorrow', timestamp: now + DAY_MS }]],
  )
})

test('when the clock comes to a value that was set aside then it wins over what is held, or has lost', (t) => {
  for (const [held, wins] of [
    ['older', true],
    ['newer', false],
  ] as const) {
    const { node, host, store, ahead, take, holds } = placed(t)
    const now = host.clockMs
    take('aside', now + DAY_MS)
    host.clockMs = now
    ahead.period(node)
    host.clockMs = now + DAY_MS - DRIFT_MS - 1
    ahead.period(node)
    assert.equal(holds(), undefined, 'it is not time yet')
    take(held, wins ? now + 1 : now + DAY_MS + 1)
    host.clockMs = now + DAY_MS
    ahead.period(node)
    assert.equal(holds(), wins ? 'aside' : held)
    assert.deepEqual(store.ahead, [])
  }
})

test('when a clock is set back by a little then nothing changes', (t) => {
  const { node, host, ahead, take } = placed(t)
  const now = host.clockMs
  take('x', now)
  host.clockMs = now - DRIFT_MS - 1000
  assert.equal(ahead.period(node), false)
  assert.equal(node.get()?.value, 'x')
})
