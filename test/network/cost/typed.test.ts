/** Bandwidths and sizes, as people type them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameOfBandwidth, parseBandwidth } from '../../../src/network/cost/bandwidth.ts'
import { drawSize, nameOfSize, parseSize } from '../../../src/network/cost/size.ts'
import { randomStream } from '../../../src/simulation/random.ts'

const bandwidths: [typed: string, up: number, down: number, name: string][] = [
  ['50Mbit', 50e6, 50e6, '50Mbit'],
  ['1Gbit', 1e9, 1e9, '1Gbit'],
  ['20Mbit/100Mbit', 20e6, 100e6, '20Mbit/100Mbit'],
  ['0.5Mbit', 500e3, 500e3, '500kbit'],
  ['1.1Mbit/1000Kbit', 1.1e6, 1e6, '1100kbit/1Mbit'],
  ['9600bit', 9600, 9600, '9600bit'],
]
for (const [typed, up, down, name] of bandwidths) {
  test(`when a bandwidth is ${typed} then it is ${up} bits up and ${down} down, called ${name}`, () => {
    assert.deepEqual(parseBandwidth(typed), { up, down })
    assert.equal(nameOfBandwidth({ up, down }), name)
    assert.deepEqual(parseBandwidth(name), { up, down })
  })
}

for (const typed of [
  '',
  '50',
  'fast',
  '50MBit',
  '-1Mbit',
  '1Mbit/',
  '/1Mbit',
  '1Mbit/2Mbit/3Mbit',
  '1e3Mbit',
  '5MB',
]) {
  test(`when a bandwidth is "${typed}" then it is refused`, () =>
    assert.throws(() => parseBandwidth(typed), /^Error: must be UP or UP\/DOWN, .*such as 50Mbit/))
}
for (const typed of ['0Mbit', '1bit', '1001Gbit', '1Mbit/0Mbit']) {
  test(`when a bandwidth is "${typed}" then it is out of bounds`, () =>
    assert.throws(() => parseBandwidth(typed), /^Error: must be from 1kbit to 1000Gbit/))
}

const sizes: [typed: string, from: number, to: number, name: string][] = [
  ['1', 1, 1, '1'],
  ['1000', 1000, 1000, '1000'],
  ['2KiB', 2048, 2048, '2KiB'],
  ['128KiB', 131_072, 131_072, '128KiB'],
  ['1.5KiB', 1536, 1536, '1536'],
  ['1MB', 1_000_000, 1_000_000, '1000000'],
  ['1GiB', 2 ** 30, 2 ** 30, '1GiB'],
  ['100..200', 100, 200, '100..200'],
  ['1KiB..128KiB', 1024, 131_072, '1KiB..128KiB'],
]
for (const [typed, from, to, name] of sizes) {
  test(`when a size is ${typed} then it is ${from} to ${to} bytes, called ${name}`, () => {
    assert.deepEqual(parseSize(typed), { from, to })
    assert.equal(nameOfSize({ from, to }), name)
    assert.deepEqual(parseSize(name), { from, to })
  })
}

for (const typed of ['', 'big', '-1', '2kib', '200..100', '1..2..3', '1..', '1e3']) {
  test(`when a size is "${typed}" then it is refused`, () =>
    assert.throws(() => parseSize(typed), /^Error: must be bytes such as 1024, 2KiB/))
}
for (const typed of ['0', '0.5', '2GiB', '0..5']) {
  test(`when a size is "${typed}" then it is out of bounds`, () =>
    assert.throws(() => parseSize(typed), /^Error: must be a whole number of bytes from 1 to 1GiB/))
}

test('when sizes are drawn then each of the range comes about as often', () => {
  const draws = randomStream(1, 0, 'size')
  const counts = new Map<number, number>()
  for (let i = 0; i < 10_000; i++) {
    const size = drawSize({ from: 5, to: 8 }, () => draws.random())
    counts.set(size, (counts.get(size) ?? 0) + 1)
  }
  assert.deepEqual([...counts.keys()].sort(), [5, 6, 7, 8])
  // 2,500 each; four standard errors are 173.
  for (const count of counts.values()) assert.ok(Math.abs(count - 2500) < 173, `${count}`)
})
