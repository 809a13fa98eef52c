import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  formatSubnet,
  hostsOf,
  isScannable,
  parseSubnet,
  subnetOf,
} from '../../../src/daemon/address/subnet.ts'

const networks: [text: string, written: string, count: number, first: string, last: string][] = [
  ['172.28.0.0/24', '172.28.0.0/24', 254, '172.28.0.1', '172.28.0.254'],
  ['172.28.0.77/24', '172.28.0.0/24', 254, '172.28.0.1', '172.28.0.254'],
  ['10.1.0.0/16', '10.1.0.0/16', 65534, '10.1.0.1', '10.1.255.254'],
  ['192.168.1.200/28', '192.168.1.192/28', 14, '192.168.1.193', '192.168.1.206'],
  ['192.168.1.4/30', '192.168.1.4/30', 2, '192.168.1.5', '192.168.1.6'],
  ['192.168.1.5/31', '192.168.1.4/31', 2, '192.168.1.4', '192.168.1.5'],
  ['255.255.255.255/32', '255.255.255.255/32', 1, '255.255.255.255', '255.255.255.255'],
]

for (const [text, written, count, first, last] of networks) {
  test(`${text} is ${written}: ${count} hosts from ${first} to ${last}`, () => {
    const subnet = parseSubnet(text)
    assert.equal(formatSubnet(subnet), written)
    const hosts = hostsOf(subnet)
    assert.equal(hosts.count, count)
    assert.equal(hosts.at(0), first)
    assert.equal(hosts.at(count - 1), last)
  })
}

const refused = [
  '8.8.8.0/8',
  '10.0.0.0/15',
  '10.0.0.0/33',
  '10.0.0.0',
  '10.0.0.0/',
  '/24',
  '10.0.0/24',
  '10.0.0.256/24',
  '10.0.0.0/-1',
  '10.0.0.0/2 4',
  '::1/128',
  'host/24',
  '',
]

for (const text of refused) {
  test(`"${text}" is refused in one line that shows it`, () => {
    assert.throws(
      () => parseSubnet(text),
      new Error(`"${text}" is not an IPv4 network of /16 or longer, such as 172.28.0.0/24`),
    )
  })
}

test("an address's own network is its /24", () => {
  assert.equal(formatSubnet(subnetOf('127.0.0.9')), '127.0.0.0/24')
  assert.equal(formatSubnet(subnetOf('192.168.255.255')), '192.168.255.0/24')
})

const mayScan: [address: string, may: boolean][] = [
  ['10.0.0.0', true],
  ['10.255.255.255', true],
  ['9.255.255.255', false],
  ['11.0.0.0', false],
  ['172.15.255.255', false],
  ['172.16.0.0', true],
  ['172.31.255.255', true],
  ['172.32.0.0', false],
  ['192.167.255.255', false],
  ['192.168.0.0', true],
  ['192.168.255.255', true],
  ['192.169.0.0', false],
  ['169.253.255.255', false],
  ['169.254.0.1', true],
  ['127.0.0.1', true],
  ['127.255.255.255', true],
  ['128.0.0.0', false],
  ['100.64.0.1', false],
  ['8.8.8.8', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['::1', false],
  ['fe80::1', false],
  ['localhost', false],
  ['', false],
]

for (const [address, may] of mayScan) {
  test(`the network of "${address}" ${may ? 'may' : 'may not'} be scanned unasked`, () => {
    assert.equal(isScannable(address), may)
  })
}
