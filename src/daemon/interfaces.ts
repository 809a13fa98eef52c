/** Which address a node calls its own. */
import { isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Endpoint } from './address.ts'
import { isScannable } from './subnet.ts'

/** The address it listens on; if that is all of them, its first IPv4 one, private networks before public. */
export function ownHost({ host }: Endpoint): string {
  if (host !== '0.0.0.0' && host !== '::') return host
  const own = Object.values(networkInterfaces())
    .flat()
    .filter((it) => it !== undefined && !it.internal && isIPv4(it.address))
    .map((it) => it!.address)
  return own.find(isScannable) ?? own[0] ?? '127.0.0.1'
}
