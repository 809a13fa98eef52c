/**
 * What a kept value's file says: a line of JSON with the version of its format and a checksum, so that a flipped bit is
 * found, not read as another value. The first format had neither, and is still read.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DEFAULT_KEY, type Value } from '../../gossip/value.ts'

const FORMAT = 2

const fields = { value: z.string().nullable(), timestamp: z.int().min(0) }
type Kept = Omit<Value, 'key'>
/** Strict: what a damaged name of a field left over is not taken for an older format. */
const former = z.strictObject(fields)
const current = z
  .strictObject({ format: z.literal(FORMAT), ...fields, sha256: z.string() })
  .refine((it) => it.sha256 === sumOf(it))
const later = z.looseObject({ format: z.int().min(FORMAT + 1) })

export class LaterFormat extends Error {}

export function textOf({ value, timestamp }: Kept): string {
  const sha256 = sumOf({ value, timestamp })
  return `${JSON.stringify({ format: FORMAT, value, timestamp, sha256 })}\n`
}

/**
 * @returns undefined where it is damaged
 * @throws {LaterFormat} one line, which begins with the file's name
 */
export function valueIn(text: string, name: string): Value | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const { format } = later.safeParse(json).data ?? {}
  if (format !== undefined)
    throw new LaterFormat(
      `${name} is of format ${format}, and this version of gossip reads formats up to ${FORMAT}`,
    )
  const it = current.safeParse(json).data ?? former.safeParse(json).data
  return it && { key: DEFAULT_KEY, value: it.value, timestamp: it.timestamp }
}

/** JSON has an escape for what no UTF-8 can say: a half of a surrogate pair. */
function sumOf({ value, timestamp }: Kept): string {
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, value, timestamp]))
    .digest('hex')
}
