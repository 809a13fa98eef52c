import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Address } from '../../../src/gossip/strategy.ts'
import { MetView } from '../../../src/gossip/view/met.ts'
import { addresses, at, EXPIRY, gone, row, table } from '../build.ts'
import { dice } from '../dice.ts'

const [B, C] = [at('b'), at('c')]

/** A view that has reached b at 0; those that spoke are given. */
function view(...spoke: Address[]) {
  const peers = table()
  const speakers = new Set(spoke)
  const it = new MetView(peers, {
    has: (address) => speakers.has(address),
    get last() {
      return [...speakers].at(-1)
    },
    drop: (address) => void speakers.delete(address),
  })
  it.reached(B, [row('b', 5)], 0)
  return { it, peers }
}

test('when others tell of addresses that nobody met then none is known, picked, told of or counted', () => {
  const { it } = view()
  const lies = addresses(1000).map((address) => ({ address, heartbeat: 9 }))
  assert.deepEqual(it.heard(B, [row('b', 6), ...lies], 1).up, [])
  assert.deepEqual(it.heard(C, lies, 1).up, [])
  assert.deepEqual([it.size, it.list(1), it.pick(9, [], dice(1), 1)], [1, [B], [B]])
  assert.deepEqual(
    it.share(dice(1), 1).map(({ address }) => address),
    ['me', 'b'],
  )
  assert.deepEqual(it.period(EXPIRY, 0), [], 'b was heard at 1')
  assert.deepEqual(it.period(EXPIRY + 1, 0), gone('b'))
})

test('when one spoke that was not reached then it may be answered, and one of them is picked where there are too few', () => {
  const { it } = view(C, at('d'))
  assert.ok(it.knows(C) && !it.knows(at('e')))
  assert.deepEqual(it.pick(1, [], dice(1), 1), [B])
  assert.deepEqual(it.pick(3, [], dice(1), 1), [B, 'd'])
  assert.deepEqual(it.pick(3, ['d' as unknown as Address], dice(1), 1), [B])
  assert.deepEqual(it.reached(at('d'), [], 1).up, ['d'])
  assert.deepEqual(it.list(1), [B, 'd', C])
})

for (const [how, says] of [
  ['others say', (heartbeat: number) => [C, [row('b', heartbeat)]] as const],
  ['somebody says in its name', (heartbeat: number) => [B, [row('b', heartbeat)]] as const],
] as const) {
  test(`when a peer can't be reached then ${how} in vain that it lives: it is gone after the expiry`, () => {
    const { it } = view()
    it.failed(B, 1)
    for (let now = 2; now < EXPIRY; now += 100) it.heard(...says(6 + now), now)
    assert.deepEqual(it.list(EXPIRY - 1), [B], 'its pause is over, so it is tried again')
    assert.deepEqual(it.period(EXPIRY, 0), [{ peer: B, wasUp: false }])
  })
}
