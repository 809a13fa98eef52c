/** The names of a strategy's handlers, beside those of its own messages: the one list; `GossipStrategy` types them. */
import type { GossipStrategy } from './strategy.ts'

type Functions = {
  [K in keyof GossipStrategy]-?: NonNullable<GossipStrategy[K]> extends (...args: never[]) => unknown
    ? K
    : never
}[keyof GossipStrategy]

/** What happened is told to one: to the node alone, of a value, or of a peer; or it answers. */
const KINDS = {
  state: 'answers',
  item: 'answers',
  onPeriod: 'is told',
  onNewer: 'is told of a value',
  onRestored: 'is told of a value',
  onKnown: 'is told of a value',
  onOlder: 'is told of a value',
  onPeerUp: 'is told of a peer',
  onPeerDown: 'is told of a peer',
  interested: 'answers',
  settled: 'answers',
} as const satisfies Record<Functions, string>

export type HandlerName = keyof typeof KINDS
type Told<K extends string> = { [N in HandlerName]: (typeof KINDS)[N] extends K ? N : never }[HandlerName]

export type ValueHandler = Told<'is told of a value'>
export type PeerHandler = Told<'is told of a peer'>
export type EventHandler = Told<'is told'> | ValueHandler | PeerHandler

export const HANDLERS = Object.keys(KINDS) as HandlerName[]
export const EVENT_HANDLERS = HANDLERS.filter((it) => KINDS[it] !== 'answers') as EventHandler[]
export const VALUE_HANDLERS = HANDLERS.filter((it) => KINDS[it] === 'is told of a value') as ValueHandler[]
