/** What nodes say to each other, as the node knows it: `from` and the encoding are the host's. */
import type { Address } from './strategy.ts'
import type { Value } from './value.ts'

/** One row about a peer. `heartbeat`: ms time of that peer's last period, by its own clock. */
export interface PeerRow {
  readonly address: Address
  readonly heartbeat: number
}

/** The value that the sender holds. */
export interface ValueMessage {
  readonly type: 'value'
  readonly value: string
  readonly timestamp: number
  /** Links that this copy has crossed when it arrives; 0 from a client. */
  readonly hops: number
  /** What the strategy `carries` with each value. */
  readonly fields?: Fields | undefined
  readonly peers?: readonly PeerRow[] | undefined
}

/** One of a strategy's own messages. */
export interface OwnMessage {
  readonly type: string
  readonly fields: Fields
  readonly peers?: readonly PeerRow[] | undefined
}

/** The message for a value; those that say no more than that are shared, as a simulation has a million of them. */
export function valueMessage(
  held: Value,
  hops: number,
  fields: Fields | undefined,
  peers: readonly PeerRow[] | undefined,
): ValueMessage {
  const { value, timestamp } = held
  if (fields !== undefined || peers !== undefined || hops >= SHARED_HOPS) {
    return { type: 'value', value, timestamp, hops, fields, peers }
  }
  if (shared.of !== held) shared = { of: held, byHops: [] }
  const message =
    shared.byHops[hops] ?? Object.freeze({ type: 'value', value, timestamp, hops, fields, peers })
  shared.byHops[hops] = message
  return message
}

/** Messages of the value that was sent last, by hops. */
let shared: { readonly of: Value | undefined; readonly byHops: ValueMessage[] } = {
  of: undefined,
  byHops: [],
}
const SHARED_HOPS = 1000

export type Fields = Readonly<Record<string, unknown>>
export type Message = ValueMessage | OwnMessage

export function isValue(message: Message): message is ValueMessage {
  return message.type === 'value'
}

/** Types that the wire itself uses, and field names of every message: no strategy may take them. */
export const RESERVED_TYPES: readonly string[] = [
  'value',
  'hi',
  'welcome',
  'bye',
  'status',
  'watch',
  'ack',
  'error',
]
export const RESERVED_FIELDS: readonly string[] = ['type', 'from', 'peers', 'value', 'timestamp', 'hops']

/** The heartbeat that these rows tell of that peer, if they do. */
export function heartbeatIn(rows: readonly PeerRow[], peer: Address): number | undefined {
  return rows.find(({ address }) => address === peer)?.heartbeat
}
