/** Short ways to write down addresses and messages. */
import type { Fields, ValueMessage } from '../../src/gossip/message.ts'
import type { Address } from '../../src/gossip/strategy.ts'
import { DEFAULT_KEY, type Value } from '../../src/gossip/value.ts'
import { heldOf } from '../../src/gossip/values/held.ts'
import type { Name } from '../../src/gossip/values/name.ts'

export const ME = at('me')

export function at(name: string | number): Address {
  return name as Address
}

/** p0, p1, ... */
export function addresses(count: number): Address[] {
  return Array.from({ length: count }, (_, i) => at(`p${i}`))
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
