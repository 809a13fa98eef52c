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
  /** The timestamp of the value that it is about. */
  timestamp: z.number().optional(),
  hops: z.number().optional(),
  bytes: z.number().optional(),
  /** Of a report: what is estimated, and the estimate. */
  name: z.string().optional(),
  number: z.number().optional(),
  /** Of a log: the line. */
  text: z.string().optional(),
})

export type GossipEvent = z.infer<typeof eventSchema>
