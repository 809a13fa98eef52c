import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialLimiter, type DialLimits } from '../../../src/daemon/discovery/dial-limiter.ts'
import { DEFAULTS } from '../../../src/daemon/settings.ts'
import type { Address } from '../../../src/gossip/strategy.ts'

const at = (text: string) => text as unknown as Address
const A = at('10.0.0.1:1')

function dials(limits: Partial<DialLimits> = {}) {
  const clock = { now: 0 }
  return { clock, it: new DialLimiter({ ...DEFAULTS.limits, ...limits }, () => clock.now) }
}

const times = (count: number, act: () => boolean) => Array.from({ length: count }, act).filter(Boolean).length

test('when an address was never met then it is dialled so often a minute, and again in the next', () => {
  const { it, clock } = dials({ dialsPerAddress: 3 })
  assert.equal(
    times(10, () => it.take(A)),
    3,
  )
  clock.now = 60_000
  assert.equal(
    times(10, () => it.take(A)),
    3,
  )
})

test('when a stranger names many ports of a host then they share a bound; those of this machine do not', () => {
  const { it } = dials({ dialsPerHost: 5 })
  const ports = Array.from({ length: 50 }, (_, i) => i + 1)
  assert.equal(ports.filter((port) => it.take(at(`10.0.0.1:${port}`))).length, 5)
  assert.equal(ports.filter((port) => it.take(at(`127.0.0.1:${port}`))).length, 50)
})

test('when a stranger names many hosts then all of them share a bound', () => {
  const { it } = dials({ dials: 20 })
  const hosts = Array.from({ length: 50 }, (_, i) => at(`10.0.0.${i}:1`))
  assert.equal(hosts.filter((host) => it.take(host)).length, 20)
})

test('when somebody answered there then it is dialled freely until a dial fails', () => {
  const { it } = dials({ dialsPerAddress: 1 })
  it.met(A, '10.0.0.1', 'answered')
  assert.equal(
    times(50, () => it.take(A)),
    50,
  )
  it.failed(A)
  assert.equal(
    times(50, () => it.take(A)),
    1,
  )
  it.met(A, '10.0.0.1', 'spoke')
  assert.equal(it.take(A), false)
  it.met(A, '10.0.0.1', 'answered')
  assert.equal(it.take(A), true)
})

test('when an address fails so often in a row then it is barred for a while, unless it was met', () => {
  const { it, clock } = dials({ maxFailures: 3, barred: 1000 })
  for (let i = 0; i < 3; i++) {
    assert.equal(it.isBarred(A), false)
    it.failed(A)
  }
  assert.equal(it.isBarred(A), true)
  assert.equal(it.take(A), false)
  clock.now = 1000
  assert.equal(it.isBarred(A), false)
  assert.equal(it.take(A), true)
  it.met(A, '10.0.0.1', 'spoke')
  for (let i = 0; i < 9; i++) it.failed(A)
  assert.equal(it.isBarred(A), false)
})

test('when more are met than are kept then the oldest is forgotten, and its host with it', () => {
  const { it } = dials({ maxPeers: 2 })
  for (let i = 1; i <= 5; i++) it.met(at(`10.0.0.${i}:1`), `10.0.0.${i}`, 'spoke')
  assert.equal(it.isHostOfPeer('10.0.0.1'), false)
  for (let i = 2; i <= 5; i++) assert.equal(it.isHostOfPeer(`10.0.0.${i}`), true)
})

test('when two are met at a host and one is forgotten then it is still the host of a peer', () => {
  const { it } = dials({ maxPeers: 1 })
  it.met(at('10.0.0.1:1'), '10.0.0.1', 'spoke')
  it.met(at('10.0.0.1:2'), '10.0.0.1', 'spoke')
  it.met(at('10.0.0.2:1'), '10.0.0.2', 'spoke')
  assert.equal(it.isHostOfPeer('10.0.0.1'), true)
})

test('when a host makes up port after port then it pushes itself out, not those met elsewhere', () => {
  const { it } = dials({ maxPeers: 2 })
  for (const host of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) it.met(at(`${host}:1`), host, 'answered')
  for (let port = 1; port <= 1000; port++) it.met(at(`10.6.6.6:${port}`), '10.6.6.6', 'spoke')
  for (const host of ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.6.6.6']) assert.ok(it.isHostOfPeer(host), host)
})

test('when one was heard again then it is not the one that was silent for longest', () => {
  const { it } = dials({ maxPeers: 1 })
  it.met(at('10.0.0.1:1'), '10.0.0.1', 'spoke')
  it.met(at('10.0.0.2:1'), '10.0.0.2', 'spoke')
  it.met(at('10.0.0.1:1'), '10.0.0.1', 'spoke')
  it.met(at('10.0.0.3:1'), '10.0.0.3', 'spoke')
  assert.deepEqual(
    ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((host) => it.isHostOfPeer(host)),
    [true, false, true],
  )
})

test('when a dial does not reach a peer that was met then it is lost until it answers, and nobody else ever is', () => {
  const { it } = dials()
  it.failed(A)
  assert.equal(it.isLost(A), false)
  it.met(A, '10.0.0.1', 'answered')
  assert.equal(it.isLost(A), false)
  it.failed(A)
  it.met(A, '10.0.0.1', 'spoke')
  assert.equal(it.isLost(A), true)
  it.met(A, '10.0.0.1', 'answered')
  assert.equal(it.isLost(A), false)
})
