/** Which address a node calls its own. */
import { isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Endpoint } from './address.ts'
import { isScannable } from './subnet.ts'

/**
 * The address it listens on; if that is all of them, its first IPv4 one, private networks before public.
 * @param present by which it goes until now: it stays as long as the machine has it, or has no other
 * @param of IPv4 addresses of this machine, loopback excepted; by default it is asked, where that matters
 * @throws what the system says, as out of file descriptors
 */
export function ownHost(
  { host }: Endpoint,
  present?: string,
  of: readonly string[] | undefined = undefined,
): string {
  if (host !== '0.0.0.0' && host !== '::') return host
  const own = of ?? ownIPv4()
  if (present !== undefined && own.includes(present)) return present
  return own.find(isScannable) ?? own[0] ?? present ?? '127.0.0.1'
}

function ownIPv4(): string[] {
  return Object.values(networkInterfaces())
    .flat()
    .filter((it) => it !== undefined && !it.internal && isIPv4(it.address))
    .map((it) => it!.address)
}
