/** What happens in a run, one event a line: the same from a daemon's `watch` and from a simulator's trace. */
import { z } from 'zod'
import { excerpt } from '../gossip/excerpt.ts'
import { isValue, isValues, type Message, type OwnMessage, type ValueMessage } from '../gossip/message.ts'
import { DEFAULT_KEY, type Value } from '../gossip/value.ts'

export const EVENT_NAMES = [
  'sent',
  'received',
  'updated',
  'ignored',
  'refused',
  'lost',
  'peer-up',
  'peer-down',
  'report',
  'log',
  'started',
  'stopped',
  'paused',
  'resumed',
  'network',
] as const

/** Nodes by their numbers, as "0-4, 7". */
const way = z.object({ from: z.string(), to: z.string() })

/** What the network between the nodes does from now on. */
const networkRow = z.object({
  /** Only nodes of one group reach each other; those that are in none form one more. Null: all do. */
  groups: z.array(z.string()).nullable(),
  /** Ways between groups that are open all the same, one direction each. */
  opened: z.array(way),
  /** Nothing gets from these to those; the way back may be open. */
  cuts: z.array(way),
  /** Probabilities that a message is lost, and that it comes twice. */
  loss: z.number(),
  duplicate: z.number(),
  /** Such as "5" or "1..10" ms; null for what it was at first. */
  latency: z.string().nullable(),
  /** Nodes for which all that they do takes so many times as long, where there are some. */
  slow: z.array(z.object({ nodes: z.string(), factor: z.number() })).optional(),
})
export type NetworkRow = z.infer<typeof networkRow>

export const eventSchema = z.object({
  /** Ms: since 1970 from a daemon, since the start from a simulator. */
  at: z.number(),
  node: z.string(),
  event: z.enum(EVENT_NAMES),
  peer: z.string().optional(),
  /** The message's type. */
  type: z.string().optional(),
  /** The timestamp of the value that it is about; of a node that started, of the value that it still holds. */
  timestamp: z.number().optional(),
  /** The key of the value that it is about, where that is not "". */
  key: z.string().optional(),
  /** Of a value that a client handed in: it is one of a load, whose values are measured together. */
  load: z.literal(true).optional(),
  hops: z.number().optional(),
  bytes: z.number().optional(),
  /** Of a message that was sent: how many copies of it the network makes, where that is more than one. */
  copies: z.number().optional(),
  /** Of a value that was taken: at most 256 characters of it; null where it deletes. */
  value: z.string().nullish(),
  /** Of an event of the network, whose node is "network". */
  network: networkRow.optional(),
  /** Of a report: what is estimated, and the estimate. Of a node that started: the number that it starts with. */
  name: z.string().optional(),
  number: z.number().optional(),
  /** Of a node that started: ms of its period, where all peers that it may pick from then on are told. */
  period: z.number().positive().optional(),
  /**
   * Of a node that started: when it did, where it is told as a watch begins. The rows of its peers follow; nothing has
   * changed, whatever was told of that life before.
   */
  since: z.number().optional(),
  /** Of a log: the line. */
  text: z.string().optional(),
  /** Of a node that stopped: it was killed; else it ended in good order, or that is not known. */
  how: z.literal('killed').optional(),
  /** Which run it is of, where several are recorded together. */
  strategy: z.string().optional(),
  run: z.number().optional(),
})

export type GossipEvent = z.infer<typeof eventSchema>

/**
 * What an event says of a message. Spelt out, as a traced run makes millions of these: spreads take several times as long.
 * @param peer the other node's address; undefined for a client
 */
export function about(peer: string | undefined, message: ValueMessage | OwnMessage): Partial<GossipEvent> {
  const { type } = message
  if (!isValue(message)) return peer === undefined ? { type } : { peer, type }
  const { timestamp, hops, key } = message
  const it: Partial<GossipEvent> =
    peer === undefined ? { type, timestamp, hops } : { peer, type, timestamp, hops }
  if (key !== DEFAULT_KEY) it.key = key
  return it
}

/** What is told one by one: several values that are sent together are several events. */
export function parts(message: Message): readonly (ValueMessage | OwnMessage)[] {
  return isValues(message) ? message.values : [message as ValueMessage | OwnMessage]
}

/** Does a client hand in a value by it, that the node took? */
export function isHandedIn({ event, peer }: GossipEvent): boolean {
  return event === 'updated' && peer === undefined
}

/** Which value it is about. */
export function aboutValue({ key, timestamp }: Value): Partial<GossipEvent> {
  return key === DEFAULT_KEY ? { type: 'value', timestamp } : { type: 'value', timestamp, key }
}

/** Of a node that starts: the value that it still holds. */
export function keptOf({ key, timestamp }: Value): Pick<GossipEvent, 'timestamp' | 'key'> {
  return key === DEFAULT_KEY ? { timestamp } : { timestamp, key }
}

/** Some of its text. */
export function textOf({ value }: Value): Pick<GossipEvent, 'value'> {
  return { value: value === null ? null : excerpt(value) }
}
