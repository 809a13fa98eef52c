import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSubnet } from '../../../src/daemon/address/subnet.ts'
import { Scan } from '../../../src/daemon/discovery/subnet-scan.ts'
import { SCAN_WINDOW } from '../../../src/daemon/limits.ts'

test('the first window begins at .1 and goes upward', () => {
  const window = new Scan(parseSubnet('127.0.0.0/24')).window()
  assert.deepEqual(
    window,
    Array.from({ length: SCAN_WINDOW }, (_, i) => `127.0.0.${i + 1}`),
  )
})

test('windows up to the end hold every host once, lowest first; then it begins anew', () => {
  const scan = new Scan(parseSubnet('127.0.0.0/24'))
  const asked: string[] = []
  do asked.push(...scan.window())
  while (!scan.isAtStart)
  assert.deepEqual(
    asked,
    Array.from({ length: 254 }, (_, i) => `127.0.0.${i + 1}`),
  )
  assert.equal(scan.window()[0], '127.0.0.1')
})

test('a network smaller than a window is one window', () => {
  const scan = new Scan(parseSubnet('127.0.0.8/30'))
  assert.deepEqual(scan.window(), ['127.0.0.9', '127.0.0.10'])
  assert.ok(scan.isAtStart)
  assert.deepEqual(scan.window(), ['127.0.0.9', '127.0.0.10'])
})

test('a restart begins at .1 again', () => {
  const scan = new Scan(parseSubnet('127.0.0.0/24'))
  scan.window()
  assert.ok(!scan.isAtStart)
  scan.restart()
  assert.equal(scan.window()[0], '127.0.0.1')
})
