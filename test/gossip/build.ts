/** Short ways to write down addresses, rows and messages. */
import type { Fields, PeerRow, ValueMessage } from '../../src/gossip/message.ts'
import type { Address } from '../../src/gossip/strategy.ts'
import { DEFAULT_KEY, type Value } from '../../src/gossip/value.ts'
import { heldOf } from '../../src/gossip/values/held.ts'
import type { Name } from '../../src/gossip/values/name.ts'
import { PeerTable, TABLE_DEFAULTS, type TableLimits } from '../../src/gossip/view/table.ts'
import type { Gone } from '../../src/gossip/view/view.ts'

export const ME = at('me')
export const EXPIRY = 6000

export function at(name: string | number): Address {
  return name as Address
}

/** p0, p1, ... */
export function addresses(count: number): Address[] {
  return Array.from({ length: count }, (_, i) => at(`p${i}`))
}

export function row(name: string, heartbeat: number): PeerRow {
  return { address: at(name), heartbeat }
}

/** A value of the default key. */
export function value(text: string | null, timestamp: number, hops = 0, fields?: Fields): ValueMessage {
  return { type: 'value', key: DEFAULT_KEY, value: text, timestamp, hops, fields }
}

/** A value of that key. */
export function keyed(key: string, text: string | null, timestamp: number, hops = 0): ValueMessage {
  return { ...value(text, timestamp, hops), key }
}

/** Its name, on whichever node. */
export function nameOf(it: Omit<Value, 'key'> & { readonly key?: string }): Name {
  return heldOf({ key: DEFAULT_KEY, ...it }).name
}

/** Peers that are gone and were up until now. */
export function gone(...names: string[]): Gone[] {
  return names.map((name) => ({ peer: at(name), wasUp: true }))
}

/** The table of the node `ME`, whose clock stood at 1000. */
export function table(limits: Partial<TableLimits> = {}): PeerTable {
  return new PeerTable(ME, { ...TABLE_DEFAULTS, expiry: EXPIRY, ...limits }, 1000)
}
