/** A strategy made ready to run: checked, named after its file, its options parsed. */
import { z } from 'zod'
import { oneLine } from '../parse/one-line.ts'
import { idOf } from './handler-progress.ts'
import { HANDLERS, type HandlerName } from './handlers.ts'
import { immutable } from './immutable.ts'
import { RESERVED_FIELDS, RESERVED_TYPES } from './message.ts'
import type { GossipStrategy } from './strategy.ts'

export interface Protocol {
  readonly name: string
  readonly strategy: GossipStrategy
  readonly options: Readonly<Record<string, unknown>>
  /** The schema of each of its own messages' fields. */
  readonly messages: ReadonlyMap<string, z.ZodObject>
  /** The schema of the fields that travel with a value, if there are any. */
  readonly carries: z.ZodObject | undefined
  /** What is under way while a handler is, by the handler's name. */
  readonly pulses: ReadonlyMap<string, number>
  /** Where in its source an error came from, as file:line:column, if that is known. */
  readonly placeOf?: (error: unknown) => string | undefined
}

const handler = z.custom((it) => typeof it === 'function', 'must be a function').optional()
const handlers = Object.fromEntries(HANDLERS.map((it) => [it, handler])) as Record<
  HandlerName,
  typeof handler
>
const schema = z.custom<z.ZodType>((it) => it instanceof z.ZodType, 'must be a zod schema')
const shape = z.record(z.string(), schema)
const fields = shape.refine((it) => !RESERVED_FIELDS.some((name) => Object.hasOwn(it, name)), {
  error: `fields can't be named ${RESERVED_FIELDS.join(', ')}`,
})

/** For strategies that no compiler saw: what TypeScript says of a strategy file, said again at run time. */
const declaration = z
  .strictObject({
    summary: z.string().min(1),
    source: z.string().optional(),
    options: shape.optional(),
    messages: z.record(z.string(), fields).optional(),
    carries: fields.optional(),
    ...handlers,
    onMessage: z.record(z.string(), handler).optional(),
  })
  .superRefine(({ messages = {}, onMessage = {} }, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', message, path: ['onMessage'] })
    for (const type of Object.keys(messages)) {
      if (RESERVED_TYPES.includes(type)) fault(`a message can't be named ${type}`)
      if (!Object.hasOwn(onMessage, type)) fault(`has no handler for the message ${type}`)
    }
    for (const type of Object.keys(onMessage)) {
      if (!Object.hasOwn(messages, type)) fault(`handles ${type}, which is not among its messages`)
    }
  })

/**
 * Checks a strategy and parses its options.
 * @throws {Error} one line: what is wrong, and what is allowed
 */
export function protocol(name: string, it: unknown, given: Readonly<Record<string, unknown>> = {}): Protocol {
  const checked = declaration.safeParse(it)
  if (!checked.success) throw new Error(`not a strategy: ${oneLine(checked.error, it)}`)
  const strategy = it as GossipStrategy

  const options = z.strictObject(strategy.options ?? {}).safeParse(given)
  if (!options.success) {
    const names = Object.keys(strategy.options ?? {}).join(', ') || 'none'
    throw new Error(`options of ${name}: ${oneLine(options.error, given)} (it has: ${names})`)
  }
  return {
    name,
    strategy,
    options: immutable(options.data),
    messages: new Map(Object.entries(strategy.messages ?? {}).map(([type, it]) => [type, z.object(it)])),
    pulses: pulsesOf(name, Object.keys(strategy.messages ?? {})),
    carries: strategy.carries && z.object(strategy.carries),
  }
}

/** What is under way while a message that came is read. */
export const SCHEMAS = 'schemas'

function pulsesOf(name: string, types: readonly string[]): ReadonlyMap<string, number> {
  const all = [...HANDLERS, ...types.map((type) => `onMessage.${type}`)]
  const pulses = all.map((it): [string, number] => [it, idOf(`strategy ${name}, ${it}`)])
  return new Map([...pulses, [SCHEMAS, idOf(`strategy ${name}, the schemas of its messages`)]])
}
