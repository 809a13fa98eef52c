/** What happens in a run, one event a line: the same from a daemon's `watch` and from a simulator's trace. */
import { z } from 'zod'

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
] as const

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
  hops: z.number().optional(),
  bytes: z.number().optional(),
  /** Of a message that was sent: how many copies of it the network makes, where that is more than one. */
  copies: z.number().optional(),
  /** Of a report: what is estimated, and the estimate. Of a node that started: the number that it starts with. */
  name: z.string().optional(),
  number: z.number().optional(),
  /** Of a log: the line. */
  text: z.string().optional(),
  /** Of a node that stopped: it was killed; else it ended in good order, or that is not known. */
  how: z.literal('killed').optional(),
  /** Which run it is of, where several are recorded together. */
  strategy: z.string().optional(),
  run: z.number().optional(),
})

export type GossipEvent = z.infer<typeof eventSchema>
