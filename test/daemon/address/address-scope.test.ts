import assert from 'node:assert/strict'
import { test } from 'node:test'
import { learntScopes, plainHost, type Scope, scopeOf } from '../../../src/daemon/address/address-scope.ts'

const hosts: [host: string, kind: Scope | undefined][] = [
  ['127.0.0.1', 'loopback'],
  ['127.255.255.255', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['localhost', 'loopback'],
  ['LOCALHOST', 'loopback'],
  ['10.1.2.3', 'private'],
  ['172.28.0.3', 'private'],
  ['192.168.255.255', 'private'],
  ['169.254.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['fd00::1', 'private'],
  ['fe80::1%eth0', 'private'],
  ['::ffff:10.0.0.1', 'private'],
  ['8.8.8.8', 'public'],
  ['172.32.0.1', 'public'],
  ['2001:db8::1', 'public'],
  ['node-3', 'name'],
  ['gossip.example', 'name'],
  ['0.0.0.0', undefined],
  ['::', undefined],
  ['224.0.0.1', undefined],
  ['255.255.255.255', undefined],
  ['ff02::1', undefined],
  ['127.1', undefined],
  ['2130706433', undefined],
  ['0x7f000001', undefined],
]
for (const [host, kind] of hosts) {
  test(`when a host is ${host} then it is ${kind ?? 'nobody'}`, () => assert.equal(scopeOf(host), kind))
}

test('when an IPv6 address stands for an IPv4 one then that is what it is', () => {
  assert.equal(plainHost('::ffff:127.0.0.7'), '127.0.0.7')
  assert.equal(plainHost('fe80::1%eth0'), 'fe80::1')
  assert.equal(plainHost('10.0.0.1'), '10.0.0.1')
})

const here = { host: '127.0.0.1', port: 7000 }
const cases: [own: string, join: string[], learn: Scope[], kinds: Scope[]][] = [
  ['127.0.0.1', [], [], ['loopback']],
  ['172.28.0.3', [], [], ['private']],
  ['172.28.0.3', ['127.0.0.1'], [], ['private']],
  ['172.28.0.3', ['seed'], [], ['private', 'name']],
  ['172.28.0.3', ['8.8.8.8'], [], ['private', 'public']],
  ['172.28.0.3', [], ['public'], ['private', 'public']],
  ['node-3', [], [], ['name', 'loopback']],
  ['8.8.8.8', [], [], ['public']],
]
for (const [own, join, learn, kinds] of cases) {
  test(`when a node is ${own}, joins "${join}" and learns "${learn}" then it learns ${kinds}`, () => {
    const endpoints = join.map((host) => ({ host, port: 7000 }))
    assert.deepEqual([...learntScopes(own, here, endpoints, learn)], kinds)
  })
}
