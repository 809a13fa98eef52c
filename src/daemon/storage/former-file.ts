/**
 * The files of the first two formats: one value, the one of the key "", in a line of JSON. The second has the version
 * of its format and a checksum, the first neither.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Value } from '../../gossip/value.ts'
import { LaterFormat } from './entry.ts'

const FORMAT = 2

const fields = { value: z.string(), timestamp: z.int().min(0) }
/** Strict: what a damaged name of a field left over is not taken for an older format. */
const first = z.strictObject(fields)
const second = z
  .strictObject({ format: z.literal(FORMAT), ...fields, sha256: z.string() })
  .refine((it) => it.sha256 === sumOf(it))
const later = z.looseObject({ format: z.int().min(FORMAT + 1) })

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
  if (format !== undefined) throw new LaterFormat(name, format, FORMAT)
  const it = second.safeParse(json).data ?? first.safeParse(json).data
  return it && { key: '', value: it.value, timestamp: it.timestamp }
}

/** JSON has an escape for what no UTF-8 can say: a half of a surrogate pair. */
function sumOf({ value, timestamp }: { readonly value: string; readonly timestamp: number }): string {
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, value, timestamp]))
    .digest('hex')
}
