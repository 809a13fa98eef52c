/** What nodes say to each other, as the node knows it: `from` and the encoding are the host's. */
import type { Value } from './value.ts'

/** A value that the sender holds. */
export interface ValueMessage extends Value {
  readonly type: 'value'
  /** Links that this copy has crossed when it arrives; 0 from a client. */
  readonly hops: number
  /** What the strategy `carries` with each value. */
  readonly fields?: Fields | undefined
  /** What the membership has ride on each message. */
  readonly rides?: Fields | undefined
}

/** Several values at once, which arrive together. */
export interface ValuesMessage {
  readonly type: 'values'
  readonly values: readonly ValueMessage[]
  readonly rides?: Fields | undefined
}

/** One of a strategy's own messages. */
export interface OwnMessage {
  readonly type: string
  readonly fields: Fields
  readonly rides?: Fields | undefined
}

/** A message of the membership: of who is a peer. */
export interface MembershipMessage {
  readonly type: 'membership'
  /** As its file calls it. */
  readonly name: string
  readonly fields: Fields
  readonly rides?: Fields | undefined
}

export type Fields = Readonly<Record<string, unknown>>
export type Message = ValueMessage | ValuesMessage | OwnMessage

export function isValues(message: Message): message is ValuesMessage {
  return message.type === 'values'
}

export function isValue(message: Message): message is ValueMessage {
  return message.type === 'value'
}

/** Types that the wire itself uses, and field names of every message: no strategy may take them. */
export const RESERVED_TYPES: readonly string[] = [
  'value',
  'values',
  'membership',
  'get',
  'held',
  'keys',
  'hi',
  'welcome',
  'bye',
  'status',
  'watch',
  'ack',
  'error',
]
export const RESERVED_FIELDS: readonly string[] = [
  'type',
  'from',
  'peers',
  'rides',
  'key',
  'value',
  'timestamp',
  'hops',
]
