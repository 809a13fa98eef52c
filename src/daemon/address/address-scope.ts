/**
 * What kind of network an address belongs to. A node learns only addresses of its own kind from others: whoever
 * could name any would make the nodes of a private network knock at doors inside it, or at those of strangers.
 */
import { isIP, isIPv4, isIPv6 } from 'node:net'
import type { Endpoint } from './address.ts'
import { ownHost } from './interfaces.ts'
import { blockListOf, LOOPBACK, PRIVATE, SHARED, UNUSABLE } from './private-networks.ts'

export const SCOPES = ['loopback', 'private', 'public', 'name'] as const
export type Scope = (typeof SCOPES)[number]

const loopback = blockListOf(...LOOPBACK)
const privates = blockListOf(...PRIVATE, ...SHARED)
const unusable = blockListOf(...UNUSABLE)

/** Kinds found lately: every message names the same few hosts again. */
const found = new Map<string, Scope | undefined>()
const MAX_FOUND = 4096

/** Undefined where no node can be. */
export function scopeOf(host: string): Scope | undefined {
  if (!found.has(host)) {
    if (found.size >= MAX_FOUND) found.clear()
    found.set(host, findKind(host))
  }
  return found.get(host)
}

function findKind(host: string): Scope | undefined {
  const it = plainHost(host)
  if (isIP(it) === 0) return looksLikeNumber(it) ? undefined : it === 'localhost' ? 'loopback' : 'name'
  const family = isIPv4(it) ? 'ipv4' : 'ipv6'
  if (unusable.check(it, family)) return undefined
  if (loopback.check(it, family)) return 'loopback'
  return privates.check(it, family) ? 'private' : 'public'
}

/** An IPv4 address inside an IPv6 one ("::ffff:127.0.0.1") is what it stands for; a zone ("%eth0") says nothing. */
export function plainHost(host: string): string {
  const it = host.toLowerCase().replace(/%.*$/, '')
  const mapped = /^::ffff:([\d.]+)$/.exec(it)?.[1]
  if (mapped !== undefined && isIPv4(mapped)) return mapped
  const hex = isIPv6(it) ? /^(?:::|(?:0{1,4}:){5})ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(it) : null
  if (hex === null) return it
  const [high, low] = [Number.parseInt(hex[1]!, 16), Number.parseInt(hex[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/**
 * The kinds that a node learns: its own, that of the addresses it was told to join (loopback excepted: it may
 * join a neighbour on the same machine, but shall not learn of others there), and what it was told to learn.
 * A node that goes by a name also learns addresses like the one that it listens on.
 */
export function learntScopes(
  own: string,
  listen: Endpoint,
  join: readonly Endpoint[],
  learn: readonly Scope[],
): Set<Scope> {
  const kind = scopeOf(own)
  const joined = join.map(({ host }) => scopeOf(host)).filter((it) => it !== 'loopback')
  const kinds = [kind, kind === 'name' ? scopeOf(ownHost(listen)) : undefined, ...joined, ...learn]
  return new Set(kinds.filter((it) => it !== undefined))
}

/** "127.1" and "2130706433" would be taken for IPv4 addresses by whoever looks them up, and hide which. */
function looksLikeNumber(host: string): boolean {
  return /^(0x[0-9a-f]*|\d+)$/.test(host.split('.').at(-1)!)
}
