/**
 * What a message says: plain JSON data that nobody can change any more. A daemon writes it as JSON and reads it with the
 * strategy's own schema, a simulator hands one object to all receivers: with both what arrives must be the same.
 */

import type { z } from 'zod'
import { oneLine } from '../parse/one-line.ts'
import { begin, end } from './handler-progress.ts'
import type { Fields } from './message.ts'
import { type Declared, type MembershipProtocol, type Protocol, SCHEMAS } from './protocol.ts'
import { SchemaViolation } from './strategy-error.ts'

/** Deeper than this nothing is sent; what contains itself is deeper. */
const MAX_DEPTH = 50

/**
 * Parses what is to be sent. What the sender does later to objects that it gave changes nothing of it.
 * @param type of the message, which an error names
 * @throws {SchemaViolation} one line: what its schema refuses, or what would be something else where it arrives
 */
export function fieldsToSend(type: string, schema: z.ZodObject, given: unknown): Fields {
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const what = type === 'value' ? 'the fields of value' : `message ${type}`
    throw new SchemaViolation(`${what} refused by its schema: ${oneLine(parsed.error, given)}`)
  }
  const sealed = seal(type, parsed.data)
  if (mayChange(schema)) assertStays(type, schema, sealed)
  return sealed
}

function unfit(type: string, why: string): SchemaViolation {
  const what = type === 'value' ? 'a field that value carries' : `message ${type}`
  return new SchemaViolation(`${what} does not survive ${why}`)
}

/** The fields of one of its own messages that came; undefined if its schema refuses them. */
export function fieldsOf({ messages, pulses }: Declared, type: string, it: unknown): Fields | undefined {
  return readBy(messages.get(type), pulses, it)
}

/** What came with a value; undefined where that is nothing of this strategy's. */
export function carriedBy({ carries, pulses }: Protocol, it: unknown): Fields | undefined {
  return readBy(carries, pulses, it)
}

/** What the membership has ride on a message that came; undefined where that is nothing of this membership's. */
export function ridesBy({ rides, pulses }: MembershipProtocol, it: unknown): Fields | undefined {
  return readBy(rides, pulses, it)
}

/** A protocol's schemas are code of its own. */
function readBy(
  schema: z.ZodObject | undefined,
  pulses: Declared['pulses'],
  it: unknown,
): Fields | undefined {
  if (schema === undefined) return undefined
  begin(pulses.get(SCHEMAS)!)
  try {
    return fieldsReceived(schema, it)
  } finally {
    end()
  }
}

/** What came, as its schema reads it; undefined if it refuses it, or makes of it what is no JSON data. */
export function fieldsReceived(schema: z.ZodObject, it: unknown): Fields | undefined {
  const parsed = schema.safeParse(it)
  if (!parsed.success) return undefined
  try {
    return seal('', parsed.data)
  } catch {
    return undefined
  }
}

/** @param fields a new object, but what it holds may be the sender's */
function seal(type: string, fields: Record<string, unknown>): Fields {
  for (const name in fields) {
    const it = fields[name]
    if (typeof it === 'string' || (typeof it === 'number' && Number.isFinite(it) && !Object.is(it, -0)))
      continue
    if (typeof it !== 'boolean' && it !== null) return copyOf(fields, type, []) as Fields
  }
  return Object.freeze(fields)
}

/**
 * As JSON would bring it over, but what JSON would lose is refused.
 * @param path to it, from the message on
 */
function copyOf(it: unknown, type: string, path: (string | number)[]): unknown {
  if (typeof it === 'number' && Number.isFinite(it)) return it + 0
  if (typeof it === 'string' || typeof it === 'boolean' || it === null) return it
  const isTooDeep = path.length > MAX_DEPTH
  if (typeof it !== 'object' || !(Array.isArray(it) || isPlain(it)) || isTooDeep) {
    const why = isTooDeep ? `nested deeper than ${MAX_DEPTH}` : named(it)
    throw unfit(type, `JSON: ${path.join('.')} was ${why}`)
  }
  return Object.freeze(Array.isArray(it) ? arrayOf(it, type, path) : objectOf(it, type, path))
}

function arrayOf(it: readonly unknown[], type: string, path: (string | number)[]): unknown[] {
  const copy: unknown[] = []
  for (let i = 0; i < it.length; i++) {
    path.push(i)
    copy.push(copyOf(it[i], type, path))
    path.pop()
  }
  return copy
}

function objectOf(it: object, type: string, path: (string | number)[]): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(it)) {
    const one = (it as Record<string, unknown>)[name]
    // A field that is undefined is one that is not there.
    if (one === undefined) continue
    path.push(name)
    const value = copyOf(one, type, path)
    path.pop()
    // Plainly set, it would be no field but the object's prototype.
    if (name === '__proto__') Object.defineProperty(copy, name, { value, enumerable: true })
    else copy[name] = value
  }
  return copy
}

function isPlain(it: object): boolean {
  const prototype = Object.getPrototypeOf(it)
  return prototype === Object.prototype || prototype === null
}

function named(it: unknown): string {
  if (typeof it === 'function' || typeof it === 'symbol') return `a ${typeof it}`
  if (typeof it !== 'object' || it === null) return typeof it === 'bigint' ? `a bigint` : String(it)
  const name: unknown = Object.getPrototypeOf(it)?.constructor?.name
  return typeof name === 'string' && name !== '' ? `a ${name}` : 'an object of some class'
}

/** Its schema reads it again where it arrives. */
function assertStays(type: string, schema: z.ZodObject, sent: Fields): void {
  const again = fieldsReceived(schema, sent)
  const how = 'the wire, as its schema changes it each time it is read'
  if (again === undefined) throw unfit(type, `${how}, and refuses in the end what it made itself`)
  const names = new Set([...Object.keys(sent), ...Object.keys(again)])
  const lost = [...names].find((name) => JSON.stringify(sent[name]) !== JSON.stringify(again[name]))
  if (lost === undefined) return
  const [was, is] = [sent[lost], again[lost]].map((it) => JSON.stringify(it)?.slice(0, 60))
  throw unfit(type, `${how}: ${lost} was ${was} and comes out as ${is}`)
}

const known = new WeakMap<z.core.$ZodType, boolean>()

/** May this schema make something else of what it has made already? False only if that is certain. */
function mayChange(schema: z.core.$ZodType): boolean {
  const before = known.get(schema)
  if (before !== undefined) return before
  // One that contains itself adds nothing to what the rest of it may do.
  known.set(schema, false)
  const { def } = schema._zod
  const answer =
    ('coerce' in def && def.coerce === true) ||
    (def.checks ?? []).some((it) => it._zod.def.check === 'overwrite') ||
    partsOf(schema)?.some(mayChange) !== false
  known.set(schema, answer)
  return answer
}

/** Kinds that only check. */
const CHECKS: readonly string[] = [
  'string',
  'number',
  'boolean',
  'null',
  'undefined',
  'void',
  'never',
  'any',
  'unknown',
  'literal',
  'enum',
  'custom',
  'template_literal',
]

/** The schemas that one is made of; undefined for a kind that may do anything. */
function partsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return [...Object.values(def.shape), ...(def.catchall === undefined ? [] : [def.catchall])]
    case 'array':
      return [def.element]
    case 'tuple':
      return [...def.items, ...(def.rest === null ? [] : [def.rest])]
    case 'record':
      return [def.keyType, def.valueType]
    case 'union':
      return def.options
    case 'intersection':
      return [def.left, def.right]
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'readonly':
    case 'default':
      return [def.innerType]
    default:
      return CHECKS.includes(def.type) ? [] : undefined
  }
}
