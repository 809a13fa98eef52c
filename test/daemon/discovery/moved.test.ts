import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { parseEndpointOr } from '../../../src/daemon/address/address.ts'
import type { Daemon } from '../../../src/daemon/daemon.ts'
import { startNode } from '../node.ts'
import { until } from '../until.ts'

const PERIOD = 50
/** Periods; enough that a busy machine gives nobody up who lives. */
const EXPIRY = 40
const LONG_MS = 60_000

const at = (address: string) => parseEndpointOr(address, 0)

/** A node with a short period that joins through that address. */
const joining = (t: TestContext, address: string, change = {}) =>
  startNode(t, { period: PERIOD, expiryPeriods: EXPIRY, join: [at(address)], ...change })

const knowEachOther = (nodes: readonly Daemon[]) =>
  until('all know each other', () => nodes.every((a) => nodes.every((b) => a.knows(b.address))), LONG_MS)

test('when a node is started again at another port then it is known there, and the old address nowhere', async (t) => {
  const seed = await startNode(t, { period: PERIOD, expiryPeriods: EXPIRY })
  const others = [seed, await joining(t, seed.address), await joining(t, seed.address)]
  const moving = await joining(t, seed.address)
  await knowEachOther([...others, moving])
  moving.stop('abruptly')
  const moved = await joining(t, seed.address)
  assert.notEqual(moved.address, moving.address)
  const all = [...others, moved]
  await knowEachOther(all)
  await until('nobody knows the old address', () => all.every((it) => !it.knows(moving.address)), LONG_MS)
  others[1]!.propose('x', 5)
  await until('all hold it', () => all.every((it) => it.value?.value === 'x'), LONG_MS)
  assert.ok(all.every((it) => !it.knows(moving.address)))
})

for (const [how, forgets] of [
  ['at once', false],
  ['after all forgot it', true],
] as const) {
  test(`when the only seed is killed and starts again ${how}, knowing nobody, then it is found again`, async (t) => {
    const seed = await startNode(t, { period: PERIOD, expiryPeriods: EXPIRY })
    const others = [await joining(t, seed.address), await joining(t, seed.address)]
    await knowEachOther([seed, ...others])
    others[0]!.propose('x', 5)
    seed.stop('abruptly')
    if (forgets) await until('it is forgotten', () => others.every((it) => !it.knows(seed.address)), LONG_MS)
    await knowEachOther(others)
    const again = await startNode(t, { period: PERIOD, expiryPeriods: EXPIRY, listen: at(seed.address) })
    await knowEachOther([again, ...others])
    await until('it has the value again', () => again.value?.value === 'x', LONG_MS)
  })
}

test('when two nodes lost each other and one of them the only seed then a third that joins links all', async (t) => {
  const seed = await startNode(t, { period: PERIOD, expiryPeriods: EXPIRY })
  const one = await joining(t, seed.address)
  await knowEachOther([seed, one])
  await seed.leave()
  await until('it is gone', () => !one.knows(seed.address))
  const again = await startNode(t, { period: PERIOD, expiryPeriods: EXPIRY, listen: at(seed.address) })
  const third = await joining(t, again.address)
  await knowEachOther([again, one, third])
})
