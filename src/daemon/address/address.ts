/**
 * Addresses: "host:port", an IPv6 host in brackets. Each has one spelling on the wire, so that what is counted for an
 * address can't be had again for another name of it; people may write others.
 */
import { isIPv6 } from 'node:net'
import { z } from 'zod'
import type { Address } from '../../gossip/strategy.ts'
import { quoted } from '../../text/quoted.ts'
import { plainHost } from './address-scope.ts'

export const DEFAULT_PORT = 7000

export interface Endpoint {
  readonly host: string
  readonly port: number
}

const FORM =
  /^(?:\[([0-9a-fA-F:.]{2,45}(?:%[\w.-]{1,16})?)\]|([A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?)):([0-9]{1,5})$/

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?\.?$/

/**
 * A name, an IPv4 address, or an IPv6 one, which may stand in brackets, as it does where it is printed.
 * @throws {Error} one line
 */
export function parseHost(text: string): string {
  const bare = /^\[(.*)\]$/.exec(text)?.[1]
  if (bare === undefined ? NAME.test(text) || isIPv6(text) : isIPv6(bare)) {
    // A dot at its end keeps a name from being looked up in other domains.
    return canonicalHost(bare ?? text) + (text.endsWith('.') ? '.' : '')
  }
  const hint = parseEndpoint(text) ? '; the port is an option of its own' : ''
  throw new Error(`${quoted(text)} is no host: it must be a name, an IPv4 address, or an IPv6 one${hint}`)
}

/**
 * The one spelling of a host (RFC 5952 for IPv6): "0:0::1" is "::1", "::ffff:10.0.0.1" is "10.0.0.1", "Host." is
 * "host". A zone says which of this machine's networks is meant, which link-local addresses alone need.
 */
export function canonicalHost(host: string): string {
  // Of each row of each message it is asked, and few are IPv6.
  const [address = '', zone] = host.includes(':') ? host.split('%', 2) : []
  if (address === '' || !isIPv6(address)) return (host.endsWith('.') ? host.slice(0, -1) : host).toLowerCase()
  const shortest = plainHost(new URL(`http://[${address}]`).hostname.slice(1, -1))
  return zone !== undefined && LINK_LOCAL.test(shortest) ? `${shortest}%${zone}` : shortest
}

const LINK_LOCAL = /^fe[89ab]/

/** A peer's own address, as it comes in a message. */
export const wireAddress: z.ZodType<Address, string> = z.string().transform((it, context) => {
  const endpoint = parseEndpoint(it)
  const canonical = endpoint && String(formatAddress(endpoint))
  if (canonical === it) return it as unknown as Address
  const message = canonical === undefined ? 'must be "host:port"' : `must be written ${quoted(canonical)}`
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})

export function parseEndpoint(text: string): Endpoint | undefined {
  const match = FORM.exec(text)
  const port = Number(match?.[3])
  if (match === null || port < 1 || port > 65535) return undefined
  const [, inBrackets, plain] = match
  return inBrackets === undefined || isIPv6(inBrackets) ? { host: (inBrackets ?? plain)!, port } : undefined
}

/** "host:port" or "host"; @throws {Error} if it is neither */
export function parseEndpointOr(text: string, defaultPort: number): Endpoint {
  const it = parseEndpoint(text) ?? parseEndpoint(`${isIPv6(text) ? `[${text}]` : text}:${defaultPort || 1}`)
  if (it === undefined) throw new Error(`${quoted(text)} is not host or host:port`)
  return { host: canonicalHost(it.host), port: parseEndpoint(text) ? it.port : defaultPort }
}

export function formatAddress(endpoint: Endpoint): Address {
  const { port } = endpoint
  const host = canonicalHost(endpoint.host)
  return (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`) as unknown as Address
}

export function endpointOf(address: Address): Endpoint {
  const it = parseEndpoint(String(address))
  if (it === undefined) throw new Error(`not an address: ${String(address)}`)
  return it
}
