/**
 * Bytes of fields as the daemon writes them. Addresses, which are numbers here, count as those of containers: which ones
 * are addresses, the schema tells.
 */
import { z } from 'zod'
import { utf8Bytes } from '../../gossip/values/bytes.ts'
import { isAddress } from '../../gossip/view/is-address.ts'
import { ADDRESS } from '../message-size.ts'

const ADDRESS_BYTES = JSON.stringify(ADDRESS).length

type Count = (it: unknown) => number

const NOTHING: Count = () => 0

/** @returns measures what that schema has passed */
export function jsonSize(schema: z.ZodType): Count {
  const more = moreIn(schema)
  return (it) => utf8Bytes(JSON.stringify(it)) + more(it)
}

/** By how much the addresses in it are longer than their numbers. */
function moreIn(schema: unknown): Count {
  if (schema instanceof z.ZodCustom)
    return schema.def.fn === isAddress ? ifThere((it) => ADDRESS_BYTES - String(it).length) : NOTHING
  if (schema instanceof z.ZodObject) return moreInFields(schema)
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return ifThere(moreIn(schema.unwrap()))
  if (schema instanceof z.ZodArray) return inEach(moreIn(schema.element))
  if (schema instanceof z.ZodRecord) return inEach(moreIn(schema.valueType))
  return NOTHING
}

function moreInFields({ shape }: z.ZodObject): Count {
  const counts = Object.entries(shape)
    .map(([name, of]) => [name, moreIn(of)] as const)
    .filter(([, more]) => more !== NOTHING)
  if (counts.length === 0) return NOTHING
  return ifThere((it) =>
    counts.reduce((sum, [name, more]) => sum + more((it as Readonly<Record<string, unknown>>)[name]), 0),
  )
}

function inEach(more: Count): Count {
  if (more === NOTHING) return NOTHING
  return ifThere((it) => Object.values(it as object).reduce((sum: number, one) => sum + more(one), 0))
}

function ifThere(more: Count): Count {
  return more === NOTHING ? NOTHING : (it) => (it === null || it === undefined ? 0 : more(it))
}
