/**
 * A line of the journal: JSON, whose last field is the checksum of all before it, so that a flipped bit is found, not read as
 * another value. The first line names the version of the format; each of the others is something that happened.
 */
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { isKey } from './bounded-values.ts'

export const FORMAT = 3

const key = z.string().refine(isKey)
const value = { key, value: z.string().nullable(), timestamp: z.int().min(0) }

const entry = z.union([
  /** That value is kept under its key. */
  z.strictObject(value),
  /** It lies ahead of the node's clock: it is none for now, but stays. */
  z.strictObject({ ...value, ahead: z.literal(true) }),
  /** Nothing is kept under that key any more. */
  z.strictObject({ forgotten: key }),
  /** What lay ahead under that key does no more. */
  z.strictObject({ aheadNoMore: key }),
  z.strictObject({ format: z.int().max(FORMAT) }),
])
const later = z.looseObject({ format: z.int().min(FORMAT + 1) })

export type Entry = z.infer<typeof entry>

export class LaterFormat extends Error {
  constructor(name: string, format: number, known: number) {
    super(`${name} is of format ${format}, and this version of gossip reads formats up to ${known}`)
  }
}

/** `,"crc32":"01234567"}` */
const TAIL_BYTES = 20

/**
 * An empty line before it and an end after it: neither what a crash left of the line before nor a flipped bit between
 * two lines takes a second one with it.
 */
export function lineOf(it: Entry): string {
  const body = JSON.stringify(it).slice(0, -1)
  return `\n${body}${tailOf(body)}\n`
}

/**
 * @param line without its end
 * @returns undefined where it is damaged
 * @throws {LaterFormat} one line, which begins with the file's name
 */
export function entryIn(line: Buffer, name: string): Entry | undefined {
  const body = line.subarray(0, Math.max(0, line.length - TAIL_BYTES))
  if (line.toString('latin1', body.length) !== tailOf(body)) return undefined
  const json = parse(`${body}}`)
  const it = entry.safeParse(json).data
  const { format } = it === undefined ? (later.safeParse(json).data ?? {}) : {}
  if (format !== undefined) throw new LaterFormat(name, format, FORMAT)
  return it
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function tailOf(body: string | Buffer): string {
  return `,"crc32":"${crc32(body).toString(16).padStart(8, '0')}"}`
}
