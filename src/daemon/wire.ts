/** The wire: one JSON object a line. What comes in is parsed here, and typed from here on. */
import { z } from 'zod'
import { carriedBy, fieldsOf, ridesBy } from '../gossip/fields.ts'
import {
  type Fields,
  isValue,
  type MembershipMessage,
  type OwnMessage,
  type ValueMessage,
} from '../gossip/message.ts'
import type { Declared, MembershipProtocol, Protocol } from '../gossip/protocol.ts'
import type { Address } from '../gossip/strategy.ts'
import { DEFAULT_KEY } from '../gossip/value.ts'
import { keySchema } from '../gossip/values/key.ts'
import { oneLine } from '../parse/one-line.ts'
import { quoted } from '../text/quoted.ts'
import { wireAddress } from './address/address.ts'
import type { PeerRow } from './address/peer-row.ts'
import { LIMITS } from './limits.ts'

/** Rows that a node accepts in one message. */
const MAX_ROWS = LIMITS.maxRows.max

const timestamp = z.int().min(0)
const row = z.object({ address: wireAddress, heartbeat: timestamp })
const rows = z.array(row).max(MAX_ROWS)

/** Links that a value may have crossed: a node that took one with so many passes it on with no more. */
const MAX_HOPS = 1e9

const valueLine = z.object({
  key: keySchema.default(DEFAULT_KEY),
  value: z.string().nullable(),
  timestamp,
  from: wireAddress.optional(),
  peers: rows.default([]),
  hops: z.int().min(0).max(MAX_HOPS).default(0),
})
const getLine = z.object({ key: keySchema.default(DEFAULT_KEY) })
const keysLine = z.object({ after: keySchema.optional() })
const contactLine = z.object({ from: wireAddress, peers: rows })
const ownLine = z.object({ from: wireAddress, peers: rows.default([]) })
const membershipLine = ownLine.extend({ name: z.string(), fields: z.looseObject({}).default({}) })
const anyLine = z.looseObject({ type: z.string() })

export const ackLine = z.object({
  type: z.literal('ack'),
  outcome: z.enum(['accepted', 'ignored', 'refused']),
  timestamp,
  reason: z.string().optional(),
})
export type Ack = z.infer<typeof ackLine>

/** What a node holds of a key; a timestamp without a value: it is deleted. */
export const heldLine = z.object({
  type: z.literal('held'),
  key: z.string(),
  value: z.string().nullable(),
  timestamp: timestamp.nullable(),
})

/** Keys that have a value, in order of code units. */
export const keysAnswer = z.object({
  type: z.literal('keys'),
  keys: z.array(z.string()),
  /** Are there more after the last of them? */
  more: z.boolean(),
})
export type Keys = z.infer<typeof keysAnswer>

export const statusLine = z.object({
  type: z.literal('status'),
  address: z.string(),
  strategy: z.string(),
  value: z.string().nullable(),
  timestamp: timestamp.nullable(),
  /** How many keys have a value. Older nodes don't say; they hold one. */
  values: z.number().optional(),
  /** What keeps its peers. */
  membership: z.string().optional(),
  /** Does it still spread what it holds? Older nodes don't say. */
  interested: z.boolean().nullish(),
  /** Itself first; what its membership knows of each, as its heartbeat; `met` is false for those only told of so far. */
  peers: z.array(
    z.looseObject({
      address: z.string(),
      heartbeat: z.number().optional(),
      met: z.literal(false).optional(),
    }),
  ),
  /** The container it runs in, as `docker ps` names it, if it runs in one. */
  container: z
    .string()
    .regex(/^[\w.-]{1,253}$/)
    .optional()
    .catch(undefined),
  uptime: z.number(),
  sent: z.number(),
  received: z.number(),
  updates: z.number(),
  ignored: z.number(),
  refused: z.number(),
})
export type Status = z.infer<typeof statusLine>

export const errorLine = z.object({ type: z.literal('error'), error: z.string() })

/** What a message says beside what it is about. */
interface Beside {
  /** Peers that its sender tells of. */
  readonly peers: readonly PeerRow[]
  /** What rides on it for the membership; rows about peers too, where it has such. */
  readonly rides?: Fields | undefined
}

/** What a line asks of a node. */
export type Request =
  | (Beside & {
      readonly kind: 'gossip'
      readonly from: Address | null
      readonly message: ValueMessage | OwnMessage
    })
  | (Beside & { readonly kind: 'membership'; readonly from: Address; readonly message: MembershipMessage })
  | (Beside & { readonly kind: 'hi' | 'welcome' | 'bye'; readonly from: Address })
  | { readonly kind: 'get'; readonly key: string }
  | { readonly kind: 'keys'; readonly after?: string | undefined }
  | { readonly kind: 'status' | 'watch' | 'error' }

export class ProtocolError extends Error {}

/** It answered an error, as a node does that has no room now: a node is there. */
export class Refused extends ProtocolError {
  constructor() {
    super('it answered an error')
  }
}

/** @throws {ProtocolError} one line that says what is wrong with it */
export function parseLine(line: string, protocol: Protocol, membership: MembershipProtocol): Request {
  const it = json(line)
  // Most lines are values, whose own schema is enough.
  if (isOfType('value', it)) return withRidesOf(it, parseValue(it, protocol), membership)
  const object = parse('message', anyLine, it)
  return withRidesOf(object, requestOf(object, protocol, membership), membership)
}

function withRidesOf(
  { rides }: Readonly<Record<string, unknown>>,
  request: Request,
  membership: MembershipProtocol,
): Request {
  if (!('peers' in request) || request.from === null) return request
  const { peers } = request
  return { ...request, rides: ridesBy(membership, { ...(typeof rides === 'object' && rides), peers }) }
}

function requestOf(
  object: z.output<typeof anyLine>,
  protocol: Protocol,
  membership: MembershipProtocol,
): Request {
  switch (object.type) {
    case 'membership':
      return parseMembership(object, membership)
    case 'hi':
    case 'welcome':
      return { kind: object.type, ...parse(object.type, contactLine, object) }
    case 'bye':
      return { kind: 'bye', ...parse('bye', ownLine, object) }
    case 'get':
      return { kind: 'get', ...parse('get', getLine, object) }
    case 'keys':
      return { kind: 'keys', ...parse('keys', keysLine, object) }
    case 'status':
    case 'watch':
    case 'error':
      return { kind: object.type }
    default:
      return parseOwn(object, protocol)
  }
}

function isOfType(type: string, it: unknown): it is Record<string, unknown> {
  return typeof it === 'object' && it !== null && (it as { readonly type?: unknown }).type === type
}

function parseValue(object: Record<string, unknown>, protocol: Protocol): Request {
  const { from = null, key, value, timestamp, peers, hops } = parse('value', valueLine, object)
  const fields = carriedBy(protocol, object)
  const message: ValueMessage = {
    type: 'value',
    key,
    value,
    timestamp,
    hops: from === null ? 0 : hops,
    fields,
  }
  return { kind: 'gossip', from, peers, message }
}

/** One of another membership's is passed over, as one of another strategy's. */
function parseMembership(object: Record<string, unknown>, membership: MembershipProtocol): Request {
  const { from, peers, name, fields: given } = parse('membership', membershipLine, object)
  const fields = membership.messages.has(name) ? parseFields(name, membership, given) : {}
  return { kind: 'membership', from, peers, message: { type: 'membership', name, fields } }
}

/** An unknown type with a `from` comes from a node with another strategy; the node counts and ignores it. */
function parseOwn(object: { readonly type: string; readonly from?: unknown }, protocol: Protocol): Request {
  const { type } = object
  if (object.from === undefined) {
    throw new ProtocolError(
      `unknown type ${quote(type)}: a client may send value, get, keys, status or watch`,
    )
  }
  const { from, peers } = parse(type, ownLine, object)
  const fields = protocol.messages.has(type) ? parseFields(type, protocol, object) : {}
  return { kind: 'gossip', from, peers, message: { type, fields } satisfies OwnMessage }
}

/** Nobody can change them any more, as in the simulator. @throws {ProtocolError} */
function parseFields(type: string, protocol: Declared, it: unknown): Fields {
  const fields = fieldsOf(protocol, type, it)
  if (fields !== undefined) return fields
  parse(type, protocol.messages.get(type)!, it)
  throw new ProtocolError(`bad ${quote(type)}: its schema makes of it what is no JSON data`)
}

/** A message, but what it says beside, which differs from one receiver to another: `withRides` adds that. */
export function encodeBody(from: Address, message: ValueMessage | OwnMessage | MembershipMessage): string {
  const { type, fields } = message
  if (isMembership(message)) return JSON.stringify({ type, name: message.name, fields, from })
  if (!isValue(message)) return JSON.stringify({ type, ...fields, from })
  const { value, timestamp, hops } = message
  const key = message.key === DEFAULT_KEY ? undefined : message.key
  return JSON.stringify({ type, key, value, timestamp, ...fields, from, hops: Math.min(hops, MAX_HOPS) })
}

/** @param peers rows for that receiver, if any ride */
export function withRides(
  object: string,
  rides: Fields | undefined,
  peers: readonly PeerRow[] | undefined,
): string {
  const others = othersOf(rides)
  const ridden = others === undefined ? '' : `,"rides":${JSON.stringify(others)}`
  const told = peers === undefined ? '' : `,"peers":${JSON.stringify(peers)}`
  return `${object.slice(0, -1)}${ridden}${told}}\n`
}

/** What rides beside rows about peers, if anything does. */
function othersOf(rides: Fields | undefined): Fields | undefined {
  if (rides === undefined) return undefined
  const { peers: _, ...others } = rides
  return Object.keys(others).length === 0 ? undefined : others
}

export function encodeContacts(
  type: 'hi' | 'welcome' | 'bye',
  from: Address,
  peers: readonly PeerRow[],
  rides?: Fields,
): string {
  return encode({ type, from, peers, rides: othersOf(rides) })
}

/** No strategy may take that type for one of its own. */
function isMembership(message: OwnMessage | ValueMessage | MembershipMessage): message is MembershipMessage {
  return message.type === 'membership'
}

export function encode(object: object): string {
  return `${JSON.stringify(object)}\n`
}

/** The same as of any line, and sooner: each value that a client hands in has one. */
export function encodeAck({ outcome, timestamp, reason }: Ack): string {
  const known = `{"type":"ack","outcome":"${outcome}","timestamp":${timestamp}`
  return reason === undefined ? `${known}}\n` : `${known},"reason":${JSON.stringify(reason)}}\n`
}

export function encodeError(error: string): string {
  return encode({ type: 'error', error })
}

/** @throws {ProtocolError} */
export function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new ProtocolError('not JSON: a message is one JSON object on one line')
  }
}

/** @throws {ProtocolError} */
export function parse<S extends z.ZodType>(what: string, schema: S, it: unknown): z.output<S> {
  const parsed = schema.safeParse(it)
  if (!parsed.success) throw new ProtocolError(`bad ${quote(what)}: ${oneLine(parsed.error, it)}`)
  return parsed.data
}

function quote(text: string): string {
  return /^[\w-]{1,40}$/.test(text) ? text : quoted(text)
}
