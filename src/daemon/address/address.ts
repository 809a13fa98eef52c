/** Addresses on the wire: "host:port", an IPv6 host in brackets. */

import { isIPv6 } from 'node:net'
import { z } from 'zod'
import type { Address } from '../../gossip/strategy.ts'
import { quoted } from '../../text/quoted.ts'

export const DEFAULT_PORT = 7000

export interface Endpoint {
  readonly host: string
  readonly port: number
}

const FORM =
  /^(?:\[([0-9a-fA-F:.%]{2,60})\]|([A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?)):([0-9]{1,5})$/

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?\.?$/

/**
 * A name, an IPv4 address, or an IPv6 one, which may stand in brackets, as it does where it is printed.
 * @throws {Error} one line
 */
export function parseHost(text: string): string {
  const bare = /^\[(.*)\]$/.exec(text)?.[1]
  if (bare === undefined ? NAME.test(text) || isIPv6(text) : isIPv6(bare)) return shortest(bare ?? text)
  const hint = parseEndpoint(text) ? '; the port is an option of its own' : ''
  throw new Error(`${quoted(text)} is no host: it must be a name, an IPv4 address, or an IPv6 one${hint}`)
}

/** An IPv6 address as others write it: "0:0::1" is "::1". */
function shortest(host: string): string {
  return isIPv6(host) && !host.includes('%') ? new URL(`http://[${host}]`).hostname.slice(1, -1) : host
}

/** A peer's own address, as it comes in a message. */
export const wireAddress: z.ZodType<Address, string> = z
  .string()
  .refine((it) => parseEndpoint(it) !== undefined, 'must be "host:port"')
  .transform((it) => it as unknown as Address)

export function parseEndpoint(text: string): Endpoint | undefined {
  const match = FORM.exec(text)
  const port = Number(match?.[3])
  return match !== null && port >= 1 && port <= 65535 ? { host: (match[1] ?? match[2])!, port } : undefined
}

/** "host:port" or "host"; @throws {Error} if it is neither */
export function parseEndpointOr(text: string, defaultPort: number): Endpoint {
  const it = parseEndpoint(text) ?? parseEndpoint(`${isIPv6(text) ? `[${text}]` : text}:${defaultPort || 1}`)
  if (it === undefined) throw new Error(`${quoted(text)} is not host or host:port`)
  return { host: shortest(it.host), port: parseEndpoint(text) ? it.port : defaultPort }
}

export function formatAddress({ host, port }: Endpoint): Address {
  return (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`) as unknown as Address
}

export function endpointOf(address: Address): Endpoint {
  const it = parseEndpoint(String(address))
  if (it === undefined) throw new Error(`not an address: ${String(address)}`)
  return it
}
