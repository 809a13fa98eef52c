/**
 * Which of a host's published ports lead to which node. A node in a container knows its own address, not the host's port
 * that leads to it; so where a node was reached by a port that is not its own, the ports that docker-compose publishes
 * are asked, each, who is there.
 */
import { type Endpoint, formatAddress } from '../address/address.ts'
import type { Transport } from '../transport/transport.ts'
import { type Status, statusLine } from '../wire.ts'
import { request } from './request.ts'

export interface Published {
  readonly port: number
  readonly status: Status
}

/** The ports that docker-compose.yml publishes nodes on. */
export const PUBLISHED = { first: 7000, last: 7100 }
/** Nodes asked at a time, and ms that each port may take. */
export const WIDTH = 32
const ANSWER_MS = 1000

/** By the nodes' own addresses; none, where the one asked is at its own address. @param first what that one answered */
export async function publishedOf(
  asked: Endpoint,
  first: Status,
  transport: Transport | undefined,
): Promise<Map<string, Published>> {
  const found = new Map<string, Published>()
  if (String(formatAddress(asked)) === first.address) return found
  found.set(first.address, { port: asked.port, status: first })
  const { first: lowest, last } = PUBLISHED
  const ports = Array.from({ length: last + 1 - lowest }, (_, i) => lowest + i).filter(
    (it) => it !== asked.port,
  )
  await inTurns(ports, WIDTH, async (port) => {
    const at = { host: asked.host, port }
    const status = await request(at, { type: 'status' }, statusLine, transport, ANSWER_MS).catch(
      () => undefined,
    )
    if (status !== undefined && !found.has(status.address)) found.set(status.address, { port, status })
  })
  return found
}

/** Like Promise.all of all, but only so many at a time. */
export async function inTurns<T, R>(
  all: readonly T[],
  width: number,
  act: (it: T) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  for (let i = 0; i < all.length; i += width) {
    for (const it of await Promise.all(all.slice(i, i + width).map(act))) results.push(it)
  }
  return results
}
