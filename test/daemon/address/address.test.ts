import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  canonicalHost,
  endpointOf,
  formatAddress,
  parseEndpoint,
  parseEndpointOr,
  wireAddress,
} from '../../../src/daemon/address/address.ts'
import type { Address } from '../../../src/gossip/strategy.ts'

const good: [text: string, host: string, port: number][] = [
  ['127.0.0.1:7000', '127.0.0.1', 7000],
  ['localhost:1', 'localhost', 1],
  ['node-1.example_net.org:65535', 'node-1.example_net.org', 65535],
  ['[::1]:7000', '::1', 7000],
  ['[fe80::1]:80', 'fe80::1', 80],
  ['a:9', 'a', 9],
]

for (const [text, host, port] of good) {
  test(`${text} is host ${host} and port ${port}, and is written so again`, () => {
    assert.deepEqual(parseEndpoint(text), { host, port })
    assert.equal(formatAddress({ host, port }), text)
  })
}

const bad = [
  '',
  ':',
  'host',
  'host:',
  ':7000',
  'host:0',
  'host:65536',
  'host:123456',
  'host:-1',
  'host:7000x',
  'host:70 00',
  ' host:7000',
  'host:7000\n',
  'ho st:7000',
  '-host:7000',
  'host.:7000',
  '::1:7000',
  '[::1]',
  '[]:7000',
  '[host]:7000',
  'http://host:7000',
  'user@host:7000',
  `${'a'.repeat(254)}:7000`,
]

for (const text of bad) {
  test(`${JSON.stringify(text).slice(0, 40)} is no address`, () => {
    assert.equal(parseEndpoint(text), undefined)
    assert.throws(() => endpointOf(text as unknown as Address), /^Error: not an address/)
  })
}

for (const [text, canonical] of [
  ['LOCALHOST:1', 'localhost:1'],
  ['10.0.0.1:07000', '10.0.0.1:7000'],
  ['[::FFFF:10.0.0.1]:1', '10.0.0.1:1'],
  ['[::ffff:10.0.0.1%12]:1', '10.0.0.1:1'],
  ['[::ffff:a00:1]:1', '10.0.0.1:1'],
  ['[0:0::1]:1', '[::1]:1'],
  ['[::1%lo]:1', '[::1]:1'],
  ['[FE80::1%eth0]:1', '[fe80::1%eth0]:1'],
] as const) {
  test(`${text} is refused on the wire: it must be written ${canonical}`, () => {
    const [issue] = wireAddress.safeParse(text).error!.issues
    assert.equal(issue?.message, `must be written "${canonical}"`)
    assert.equal(wireAddress.parse(canonical), canonical)
    assert.equal(formatAddress(parseEndpointOr(text, 0)), canonical)
  })
}

test('when an address is written by a node then that is its only spelling on the wire', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.ipV6(), fc.ipV4(), fc.domain()),
      fc.integer({ min: 1, max: 65535 }),
      (host, port) => {
        const written = formatAddress({ host: canonicalHost(host), port })
        assert.equal(wireAddress.parse(String(written)), written)
        assert.equal(formatAddress(endpointOf(written)), written)
      },
    ),
  )
})

test('where the port may be left out, the default takes its place', () => {
  assert.deepEqual(parseEndpointOr('seed.local', 7000), { host: 'seed.local', port: 7000 })
  assert.deepEqual(parseEndpointOr('seed.local:81', 7000), { host: 'seed.local', port: 81 })
  assert.deepEqual(parseEndpointOr('::1', 7000), { host: '::1', port: 7000 })
  assert.deepEqual(parseEndpointOr('[::1]:81', 7000), { host: '::1', port: 81 })
  assert.deepEqual(parseEndpointOr('10.0.0.1', 0), { host: '10.0.0.1', port: 0 })
})

test('what is neither is refused in one line that shows it', () => {
  for (const text of ['', 'host:x', 'a b', 'host:0', 'host:70000']) {
    assert.throws(() => parseEndpointOr(text, 7000), new Error(`"${text}" is not host or host:port`))
  }
})
