/** The names of a protocol's handlers, beside those of its own messages: the one list; its declaration types them. */
import type { Membership } from './membership.ts'
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

// Those of a membership.

type MembershipFunctions = {
  [K in keyof Membership]-?: NonNullable<Membership[K]> extends (...args: never[]) => unknown ? K : never
}[keyof Membership]

const OF_MEMBERSHIP = {
  state: 'answers',
  onContact: 'is told',
  onPeriod: 'is told',
  onUnreachable: 'is told',
  onGoodbye: 'is told',
  ride: 'answers',
  onRide: 'is told',
  others: 'answers',
  about: 'answers',
} as const satisfies Record<MembershipFunctions, string>

export type MembershipHandlerName = keyof typeof OF_MEMBERSHIP
type OfMembership<K extends string> = {
  [N in MembershipHandlerName]: (typeof OF_MEMBERSHIP)[N] extends K ? N : never
}[MembershipHandlerName]

export type MembershipEvent = OfMembership<'is told'>
export type MembershipQuestion = OfMembership<'answers'>

export const MEMBERSHIP_HANDLERS = Object.keys(OF_MEMBERSHIP) as MembershipHandlerName[]
