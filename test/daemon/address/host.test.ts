import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatAddress, parseEndpointOr, parseHost } from '../../../src/daemon/address/address.ts'

for (const [text, host] of [
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', 'localhost'],
  ['node_1.example.', 'node_1.example.'],
  ['::1', '::1'],
  ['[::1]', '::1'],
  ['[0:0:0:0:0:0:0:1]', '::1'],
  ['FE80::A', 'fe80::a'],
  ['[fe80::1%eth0]', 'fe80::1%eth0'],
  ['[::]', '::'],
] as const) {
  test(`when a host is given as ${text} then it is ${host}`, () => assert.equal(parseHost(text), host))
}

for (const text of [
  '',
  '[]',
  '[localhost]',
  '[127.0.0.1]',
  '[::1',
  '::1]',
  '[::1]:7000',
  '127.0.0.1:7000',
  'a b',
]) {
  test(`when a host is given as ${JSON.stringify(text)} then it is refused and quoted`, () => {
    assert.throws(
      () => parseHost(text),
      (error: Error) => error.message.startsWith(`"${text}" is no host`) && !error.message.includes('\n'),
    )
  })
}

test('when an IPv6 address is printed then it is understood, as a host and with its port', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.integer({ min: 1, max: 65535 }), (text, port) => {
      const host = parseHost(text)
      const printed = String(formatAddress({ host, port }))
      assert.deepEqual(parseEndpointOr(printed, 7000), { host, port })
      assert.deepEqual(parseEndpointOr(`[${host}]`, 7000), { host, port: 7000 })
      assert.deepEqual(parseEndpointOr(text, 7000), { host, port: 7000 })
      assert.equal(parseHost(`[${host}]`), host)
    }),
  )
})
