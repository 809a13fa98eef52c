/** Hands a value to a node, as one that wins there. */
import { DEFAULT_KEY, type Value } from '../../gossip/value.ts'
import type { Endpoint } from '../address/address.ts'
import type { Transport } from '../transport/transport.ts'
import { type Ack, ackLine, heldLine } from '../wire.ts'
import { request } from './request.ts'

/** Others may hand in newer ones meanwhile. */
const MAX_TRIES = 4

/** A timestamp for the next value: the present, or one more than that of any before, where a clock is ahead. */
export function nextTimestamp(...before: (Pick<Value, 'timestamp'> | null | undefined)[]): number {
  return Math.max(Date.now(), ...before.map((it) => (it?.timestamp ?? 0) + 1))
}

export interface Aim {
  readonly key?: string | undefined
  readonly transport?: Transport | undefined
  /** The greatest timestamp that is known to be held by anyone. */
  readonly newest?: number
}

export interface Handed {
  readonly ack: Ack
  /** Ms by which what the node held before was ahead of this clock, and so decided the timestamp. */
  readonly ahead?: number
}

/**
 * With the timestamp of now; where the node holds a newer one with one more than that, as far as the node lets it.
 * @param value null deletes
 * @throws {Error} one line, if nothing answers, or something other than a node
 */
export async function propagate(
  to: Endpoint,
  value: string | null,
  { key = DEFAULT_KEY, transport, newest = 0 }: Aim = {},
): Promise<Handed> {
  let timestamp = nextTimestamp({ timestamp: newest })
  let ahead: number | undefined
  for (let tries = 1; ; tries++) {
    const ack = await request(to, { type: 'value', key, value, timestamp }, ackLine, transport)
    if (ack.outcome !== 'ignored' || tries === MAX_TRIES)
      return { ack, ...(ahead !== undefined && { ahead }) }
    const held = await request(to, { type: 'get', key }, heldLine, transport)
    ahead = Math.max(0, (held.timestamp ?? 0) - Date.now())
    timestamp = nextTimestamp({ timestamp: held.timestamp ?? 0 })
  }
}
