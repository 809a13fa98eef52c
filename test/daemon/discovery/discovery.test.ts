import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { formatAddress } from '../../../src/daemon/address/address.ts'
import { parseSubnet } from '../../../src/daemon/address/subnet.ts'
import { Discovery, type DiscoveryWorld } from '../../../src/daemon/discovery/discovery.ts'
import { Scan } from '../../../src/daemon/discovery/subnet-scan.ts'
import { ManualClock } from '../manual-clock.ts'

/** A node on a network where those answer that are in `there`. Its dice always say a half: pauses are as they are. */
function onNetwork() {
  const clock = new ManualClock()
  const state = {
    there: new Set<string>(),
    known: new Set<string>(),
    forgotten: [] as string[],
    asked: [] as string[],
  }
  const world: DiscoveryWorld = {
    async probe(to) {
      const address = String(formatAddress(to))
      state.asked.push(address)
      if (state.there.has(address)) state.known.add(address)
      return state.there.has(address)
    },
    addressesOf: async (host) => [host],
    isAlone: () => state.known.size === 0,
    knows: (address) => state.known.has(String(address)),
    isOwn: () => false,
    mayDial: () => true,
    forgotten: () => state.forgotten as unknown as ReturnType<DiscoveryWorld['forgotten']>,
    found() {},
    joined() {},
    unjoined() {},
  }
  const scan = new Scan(parseSubnet('127.9.0.0/30'))
  const it = new Discovery(world, { join: [], scan, scanPort: 7 }, () => 0.5, clock)
  return { clock, state, it }
}

/** A step asks, and is told the answers before it waits again. */
async function settled(clock: ManualClock): Promise<number> {
  for (let i = 0; i < 1000 && clock.waiting === 0; i++) await turn()
  return Math.round(clock.untilNext ?? Number.NaN)
}

const ALL = ['127.9.0.1:7', '127.9.0.2:7']

test('when nobody is there then it asks all again and again, after pauses that grow to a bound', async () => {
  const { clock, state, it } = onNetwork()
  it.start()
  const pauses: number[] = []
  for (let step = 0; step < 10; step++) {
    const pause = await settled(clock)
    assert.deepEqual(state.asked.splice(0), ALL)
    pauses.push(pause)
    clock.pass(clock.untilNext!)
  }
  assert.deepEqual(pauses, [250, 375, 563, 844, 1266, 1898, 2848, 4271, 5000, 5000])
  it.stop()
})

test('when somebody is found then it searches on slowly, soon at first, then rarely', async () => {
  const { clock, state, it } = onNetwork()
  state.there.add(ALL[1]!)
  it.start()
  assert.equal(await settled(clock), 1000)
  const pauses: number[] = []
  for (let step = 0; step < 11; step++) {
    clock.pass(clock.untilNext!)
    pauses.push(await settled(clock))
  }
  assert.deepEqual([pauses[0], pauses[1], pauses.at(-1)], [1000, 1500, 30_000])
  // Whoever is known is asked no more.
  assert.deepEqual(state.asked.slice(2), Array(11).fill(ALL[0]))
  it.stop()
})

test('when it has lost all then it asks at short pauses again, those it once knew as well', async () => {
  const { clock, state, it } = onNetwork()
  state.known.add('127.8.8.8:7')
  it.start()
  assert.equal(await settled(clock), 1000)
  state.known.clear()
  state.forgotten.push('127.8.8.8:7')
  state.asked.splice(0)
  clock.pass(clock.untilNext!)
  assert.equal(await settled(clock), 250)
  assert.deepEqual(state.asked, ['127.8.8.8:7', ...ALL])
  it.stop()
})

test('when it is stopped then nothing waits, and a step that is under way goes no further', async () => {
  const { clock, state, it } = onNetwork()
  it.start()
  it.stop()
  for (let i = 0; i < 20; i++) await turn()
  assert.equal(clock.waiting, 0)
  assert.deepEqual(state.asked, [])
  it.start()
  await settled(clock)
  it.stop()
  assert.equal(clock.waiting, 0)
})
