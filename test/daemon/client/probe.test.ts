import assert from 'node:assert/strict'
import { test } from 'node:test'
import { probe } from '../../../src/daemon/client/probe.ts'
import { DEFAULTS } from '../../../src/daemon/settings.ts'
import { ManualClock } from '../manual-clock.ts'
import { silentNetwork } from '../transport/stuck-socket.ts'

test('when nobody answers a probe then it is given up after its time, not before', async () => {
  const clock = new ManualClock()
  const limits = { ...DEFAULTS.limits, idle: 60_000 }
  let isOver = false
  const unread = () => assert.fail('nothing comes')
  const asked = probe({ host: '127.0.0.1', port: 7 }, 'hi\n', unread, 400, limits, silentNetwork, clock)
  const over = asked.finally(() => {
    isOver = true
  })
  clock.pass(399)
  await new Promise(setImmediate)
  assert.equal(isOver, false)
  clock.pass(1)
  assert.equal(await over, undefined)
  await new Promise(setImmediate)
  assert.equal(clock.waiting, 0)
})
