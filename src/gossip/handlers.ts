/** The names of a strategy's handlers, beside those of its own messages: the one list; `GossipStrategy` types them. */
import type { GossipStrategy } from './strategy.ts'

type Functions = {
  [K in keyof GossipStrategy]-?: NonNullable<GossipStrategy[K]> extends (...args: never[]) => unknown
    ? K
    : never
}[keyof GossipStrategy]

/** What happened is told to one, with a peer and what its value carried; or it answers. */
const KINDS = {
  state: 'answers',
  onPeriod: 'is told',
  onNewer: 'is told',
  onRestored: 'is told',
  onKnown: 'is told',
  onOlder: 'is told',
  onPeerDown: 'is told',
  interested: 'answers',
} as const satisfies Record<Functions, string>

export type HandlerName = keyof typeof KINDS
/** One that is called with at most a peer and what its value carried. */
export type EventHandler = {
  [K in HandlerName]: (typeof KINDS)[K] extends 'is told' ? K : never
}[HandlerName]

export const HANDLERS = Object.keys(KINDS) as HandlerName[]
export const EVENT_HANDLERS = HANDLERS.filter((it) => KINDS[it] === 'is told') as EventHandler[]
