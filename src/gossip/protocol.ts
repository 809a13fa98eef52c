/** A protocol made ready to run: checked, named after its file, its options parsed. */
import { z } from 'zod'
import { oneLine } from '../parse/one-line.ts'
import { idOf } from './handler-progress.ts'
import { HANDLERS, MEMBERSHIP_HANDLERS } from './handlers.ts'
import { immutable } from './immutable.ts'
import type { Membership } from './membership.ts'
import { RESERVED_FIELDS, RESERVED_TYPES } from './message.ts'
import type { GossipStrategy, Messages, Shape } from './strategy.ts'
import type { Kind } from './strategy-error.ts'

/** What strategies and memberships have alike. */
export interface Declared {
  readonly kind: Kind
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
  /** The schema of each of its own messages' fields. */
  readonly messages: ReadonlyMap<string, z.ZodObject>
  /** What is under way while a handler is, by the handler's name. */
  readonly pulses: ReadonlyMap<string, number>
  /** Where in its source an error came from, as file:line:column, if that is known. */
  readonly placeOf?: (error: unknown) => string | undefined
}

export interface Protocol extends Declared {
  readonly strategy: GossipStrategy
  /** The schema of the fields that travel with a value, if there are any. */
  readonly carries: z.ZodObject | undefined
}

export interface MembershipProtocol extends Declared {
  readonly membership: Membership
  /** The schema of the fields that ride on every message, if there are any. */
  readonly rides: z.ZodObject | undefined
}

const handler = z.custom((it) => typeof it === 'function', 'must be a function').optional()
const schema = z.custom<z.ZodType>((it) => it instanceof z.ZodType, 'must be a zod schema')
const shape = z.record(z.string(), schema)
/** Fields that stand beside those of the wire itself. */
const besides = shape.refine((it) => !RESERVED_FIELDS.some((name) => Object.hasOwn(it, name)), {
  error: `fields can't be named ${RESERVED_FIELDS.join(', ')}`,
})

/** For files that no compiler saw: what TypeScript says of one, said again at run time. */
const declaration = <S extends Shape>(
  handlers: readonly string[],
  fields: z.ZodType,
  more: S,
  reserved: readonly string[] = [],
) =>
  z
    .strictObject({
      summary: z.string().min(1),
      source: z.string().optional(),
      options: shape.optional(),
      messages: z.record(z.string(), fields).optional(),
      ...more,
      ...Object.fromEntries(handlers.map((it) => [it, handler])),
      onMessage: z.record(z.string(), handler).optional(),
    })
    .superRefine((it, context) => {
      const { messages = {}, onMessage = {} } = it as { messages?: object; onMessage?: object }
      const fault = (message: string) => context.addIssue({ code: 'custom', message, path: ['onMessage'] })
      for (const type of Object.keys(messages)) {
        if (reserved.includes(type)) fault(`a message can't be named ${type}`)
        if (!Object.hasOwn(onMessage, type)) fault(`has no handler for the message ${type}`)
      }
      for (const type of Object.keys(onMessage)) {
        if (!Object.hasOwn(messages, type)) fault(`handles ${type}, which is not among its messages`)
      }
    })

const KINDS: Readonly<Record<Kind, { readonly handlers: readonly string[]; readonly schema: z.ZodType }>> = {
  strategy: {
    handlers: HANDLERS,
    schema: declaration(HANDLERS, besides, { carries: besides.optional() }, RESERVED_TYPES),
  },
  membership: {
    handlers: MEMBERSHIP_HANDLERS,
    // Its messages and fields are parts of the wire's, with names of their own.
    schema: declaration(MEMBERSHIP_HANDLERS, shape, {
      rides: shape.optional(),
      partial: z.literal(true).optional(),
      links: z.literal(true).optional(),
    }),
  },
}

type Given = Readonly<Record<string, unknown>>

/**
 * Checks a strategy and parses its options.
 * @throws {Error} one line: what is wrong, and what is allowed
 */
export function protocol(name: string, it: unknown, given: Given = {}): Protocol {
  const ready = declared('strategy', name, it, given)
  const strategy = it as GossipStrategy
  return { ...ready, strategy, carries: strategy.carries && z.object(strategy.carries) }
}

/** Checks a membership and parses its options. @throws {Error} as `protocol` does */
export function membershipProtocol(name: string, it: unknown, given: Given = {}): MembershipProtocol {
  const ready = declared('membership', name, it, given)
  const membership = it as Membership
  return { ...ready, membership, rides: membership.rides && z.object(membership.rides) }
}

function declared(kind: Kind, name: string, it: unknown, given: Given): Declared {
  const { schema, handlers } = KINDS[kind]
  const checked = schema.safeParse(it)
  if (!checked.success) throw new Error(`not a ${kind}: ${oneLine(checked.error, it)}`)
  const { options: shapes = {}, messages = {} } = it as { options?: Shape; messages?: Messages }
  const options = z.strictObject(shapes).safeParse(given)
  if (!options.success) {
    const names = Object.keys(shapes).join(', ') || 'none'
    throw new Error(`options of ${name}: ${oneLine(options.error, given)} (it has: ${names})`)
  }
  return {
    kind,
    name,
    options: immutable(options.data),
    messages: new Map(Object.entries(messages).map(([type, it]) => [type, z.object(it)])),
    pulses: pulsesOf(`${kind} ${name}`, [
      ...handlers,
      ...Object.keys(messages).map((it) => `onMessage.${it}`),
    ]),
  }
}

/** What is under way while a message that came is read. */
export const SCHEMAS = 'schemas'

function pulsesOf(who: string, handlers: readonly string[]): ReadonlyMap<string, number> {
  const pulses = handlers.map((it): [string, number] => [it, idOf(`${who}, ${it}`)])
  return new Map([...pulses, [SCHEMAS, idOf(`${who}, the schemas of its messages`)]])
}
