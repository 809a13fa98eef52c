/** What people type, parsed: for commander, by zod or by a function that throws one line. */
import { InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { parseHost } from '../../daemon/address/address.ts'
import { keySchema } from '../../gossip/values/key.ts'
import { durationSchema, periodSchema, timeoutSchema } from '../../parse/duration.ts'
import { parseKeyValue } from '../../parse/key-value.ts'
import { oneLine } from '../../parse/one-line.ts'
import { parsedBy, probability, typed, whole } from '../../parse/schemas.ts'

/** A parser for an option. */
export function by<T>(schema: z.ZodType<T>): (text: string) => T {
  return (text) => {
    const parsed = schema.safeParse(text)
    if (!parsed.success) throw new InvalidArgumentError(oneLine(parsed.error))
    return parsed.data
  }
}

/** A parser out of one that throws. */
export function byFunction<T>(parse: (text: string) => T): (text: string) => T {
  return by(z.string().transform(parsedBy(parse)))
}

/** A parser for an option that may be repeated, or hold several parts divided by commas or spaces. */
export function listOf<T>(
  parse: (text: string) => T,
): (text: string, before: readonly T[] | undefined) => readonly T[] {
  return (text, before = []) => [
    ...before,
    ...text
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(parse),
  ]
}

/** A parser for an option that may be repeated, each with one or several key=value; of a key the last counts. */
export function mapOf(
  parse: (text: string) => readonly [string, unknown],
): (
  text: string,
  before: Readonly<Record<string, unknown>> | undefined,
) => Readonly<Record<string, unknown>> {
  const list = listOf(parse)
  return (text, before = {}) => ({ ...before, ...Object.fromEntries(list(text, undefined)) })
}

export const integer = (min: number, max: number) => by(typed(whole(min, max)))
export const port = integer(1, 65535)
/** Where it may also be 0, for one that the system chooses. */
export const listenPort = integer(0, 65535)
/** A name or an address; one of IPv6 may stand in brackets. */
export const host = byFunction(parseHost)
export const timestamp = integer(0, Number.MAX_SAFE_INTEGER)

export const key = by(keySchema)

export const duration = by(durationSchema)
/** For how long a handler may take, in ms: a bare number is seconds. */
export const timeout = by(timeoutSchema)
export const period = by(periodSchema)
/** For how long something is kept. */
export const lifetime = by(durationSchema.refine((ms) => ms >= 1, 'must be at least 1ms'))

/** "fanout=5": the value is a number, true or false, else text. */
export const setting = byFunction(parseKeyValue)

export const share = by(typed(probability()))
