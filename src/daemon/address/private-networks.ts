/** Networks that nobody else has, as the rules about addresses name them. */
import { BlockList } from 'node:net'

type Network = readonly [address: string, prefix: number, family?: 'ipv6']

export const LOOPBACK: readonly Network[] = [
  ['127.0.0.0', 8],
  ['::1', 128, 'ipv6'],
]
/** RFC 1918, link-local (RFC 3927, RFC 4291), unique local (RFC 4193). */
export const PRIVATE: readonly Network[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
]
/** Shared by carriers (RFC 6598): private to a provider, so that others of its customers may be there. */
export const SHARED: readonly Network[] = [['100.64.0.0', 10]]
/** Where no node can be: "this host", multicast, reserved, unspecified. */
export const UNUSABLE: readonly Network[] = [
  ['0.0.0.0', 8],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

/** Those of one kind. */
export interface Networks {
  check(address: string, family: 'ipv4' | 'ipv6'): boolean
}

/** The list is made when it is first asked: most commands never ask. */
export function blockListOf(...networks: readonly Network[]): Networks {
  let list: BlockList | undefined
  return {
    check(address, family) {
      list ??= listOf(networks)
      return list.check(address, family)
    },
  }
}

function listOf(networks: readonly Network[]): BlockList {
  const list = new BlockList()
  for (const [address, prefix, family] of networks) list.addSubnet(address, prefix, family)
  return list
}
