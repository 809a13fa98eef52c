/**
 * Does a message survive the wire? In a daemon it is written as JSON, and read with the strategy's own schema; what
 * comes out must be what went in. The simulator hands messages over as they are, and would hide it.
 */
import { SchemaViolation } from '../../gossip/fault.ts'
import { type Fields, isValue, type Message } from '../../gossip/message.ts'
import { oneLine, type Protocol } from '../../gossip/protocol.ts'

/** @throws {SchemaViolation} names the message, the field, and what became of it */
export function assertSurvives(protocol: Protocol, message: Message): void {
  const { type, fields } = message
  const schema = isValue(message) ? protocol.carries : protocol.messages.get(type)
  if (schema === undefined || fields === undefined) return
  const what = isValue(message) ? 'a field that value carries' : `message ${type}`
  const parsed = schema.safeParse(throughJson(what, fields))
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path }) => String(path[0]))
    const field = names.find((name) => Object.hasOwn(fields, name))
    const was = field === undefined ? '' : ` (${field} was ${named(fields[field])})`
    throw new SchemaViolation(
      `${what} does not survive JSON: its schema refuses ${oneLine(parsed.error)}${was}`,
    )
  }
  const lost = Object.keys(fields).find((name) => !same(fields[name], parsed.data[name]))
  if (lost === undefined) return
  throw new SchemaViolation(
    `${what} does not survive JSON: ${lost} was ${named(fields[lost])} and comes out as ${named(parsed.data[lost])}`,
  )
}

function throughJson(what: string, fields: Fields): unknown {
  try {
    return JSON.parse(JSON.stringify(fields))
  } catch (error) {
    throw new SchemaViolation(`${what} can't be written as JSON: ${(error as Error).message.split('\n')[0]}`)
  }
}

/** A field that is undefined is one that is not there; JSON has no -0. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  if (a instanceof Date) return a.getTime() === (b as Date).getTime()
  if (a instanceof Set || a instanceof Map) {
    const others = [...(b as Iterable<unknown>)]
    return a.size === others.length && [...a].every((it, i) => same(it, others[i]))
  }
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => same((a as Fields)[name], (b as Fields)[name]))
}

function named(it: unknown): string {
  if (typeof it === 'object' && it !== null) {
    const { name } = (Object.getPrototypeOf(it)?.constructor ?? Object) as { name: string }
    if (!['Object', 'Array'].includes(name)) return `a ${name}`
  }
  if (typeof it === 'function') return 'a function'
  const text = typeof it === 'object' ? JSON.stringify(it) : String(it)
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
