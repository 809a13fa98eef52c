/** IPv4 networks: which addresses a scan asks, and which networks it must leave alone. */

import { isIPv4 } from 'node:net'
import { quoted } from '../../text/quoted.ts'
import { blockListOf, LOOPBACK, PRIVATE } from './private-networks.ts'

export interface Subnet {
  /** The first address, as a number. */
  readonly base: number
  /** Bits of the network, 16 to 32. */
  readonly prefix: number
}

const scannable = blockListOf(...PRIVATE, ...LOOPBACK)

/** Is it in a network that belongs to nobody else? */
export function isScannable(address: string): boolean {
  return isIPv4(address) && scannable.check(address, 'ipv4')
}

/** "A.B.C.D/16" to "/32". @throws {Error} one line */
export function parseSubnet(text: string): Subnet {
  const [address = '', bits = ''] = text.split('/')
  const prefix = /^\d{1,2}$/.test(bits) ? Number(bits) : Number.NaN
  if (!isIPv4(address) || !(prefix >= 16 && prefix <= 32)) {
    throw new Error(`${quoted(text)} is not an IPv4 network of /16 or longer, such as 172.28.0.0/24`)
  }
  return { base: toNumber(address) - (toNumber(address) % 2 ** (32 - prefix)), prefix }
}

/** The /24 that an address is in. */
export function subnetOf(address: string): Subnet {
  return parseSubnet(`${address}/24`)
}

/** Hosts of a subnet from .1 upward, without the network's and the broadcast address (/31 and /32 have none). */
export function hostsOf({ base, prefix }: Subnet): { readonly count: number; at(index: number): string } {
  const size = 2 ** (32 - prefix)
  return size <= 2
    ? { count: size, at: (index) => toText(base + index) }
    : { count: size - 2, at: (index) => toText(base + 1 + index) }
}

export function formatSubnet({ base, prefix }: Subnet): string {
  return `${toText(base)}/${prefix}`
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0)
}

function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}
