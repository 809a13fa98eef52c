/** Where in the network a node is: whom it learns of, what it may scan, and whether its machine still has its address. */

import type { Address } from '../gossip/strategy.ts'
import { endpointOf, formatAddress } from './address/address.ts'
import type { Scope } from './address/address-scope.ts'
import { learntScopes } from './address/address-scope.ts'
import { ownHost } from './address/interfaces.ts'
import { isScannable, type Subnet, subnetOf } from './address/subnet.ts'
import type { Identity } from './identity.ts'
import type { DaemonSettings } from './settings.ts'
import type { Timers } from './timers.ts'

/** Ms between two looks at the machine's addresses. */
const LOOK_MS = { least: 1000, most: 10_000 }

/** The network to scan; undefined where joining turns the scan off. @throws {Error} if it is a stranger's */
export function scannedSubnet({ join, subnet }: DaemonSettings, host: string): Subnet | undefined {
  if (join.length > 0) return undefined
  if (subnet !== undefined) return subnet
  if (isScannable(host)) return subnetOf(host)
  throw new Error(
    `will not scan the network of ${host}: it is neither private, link-local nor loopback IPv4; name one with --subnet, or a peer with --join`,
  )
}

/** The scopes of addresses that a node at that host learns from others. */
export function learntAt({ listen, join, learn = [] }: DaemonSettings, host: string): ReadonlySet<Scope> {
  return learntScopes(host, listen, join, learn)
}

/** The host that a node goes by when it starts. @throws {Error} one line */
export function firstHost({ listen, advertise, ownHost: find = ownHost }: DaemonSettings): string {
  return advertise?.host ?? find(listen)
}

/** The network to scan from there; none where that is a stranger's, and why is told. */
export function scannedFrom(
  settings: DaemonSettings,
  host: string,
  refused: (why: string) => void,
): Subnet | undefined {
  try {
    return scannedSubnet(settings, host)
  } catch (error) {
    refused((error as Error).message)
    return undefined
  }
}

/**
 * Looks once a period, within bounds, whether the machine still has the address that the node goes by.
 * @param moved it has another one
 * @param failed the machine's addresses can't be read just now
 */
export function watchAddress(
  { listen, advertise, period, ownHost: find = ownHost }: DaemonSettings,
  identity: Identity,
  timers: Timers,
  moved: (to: Address) => void,
  failed: (error: Error) => void,
): void {
  if (advertise !== undefined) return
  const ms = Math.min(Math.max(period, LOOK_MS.least), LOOK_MS.most)
  const look = (): void => {
    try {
      const { host, port } = endpointOf(identity.address)
      const found = find(listen, host)
      if (found !== host) moved(formatAddress({ host: found, port }))
    } catch (error) {
      failed(error as Error)
    }
    timers.schedule(ms, look)
  }
  timers.schedule(ms, look)
}
