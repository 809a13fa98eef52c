/** What a node holds: of one key, or of all. */
import type { Endpoint } from '../address/address.ts'
import type { Transport } from '../transport/transport.ts'
import { heldLine, keysAnswer } from '../wire.ts'
import { request, requests } from './request.ts'

export interface HeldValue {
  readonly key: string
  /** Null: nothing, or it is deleted, which has a timestamp. */
  readonly value: string | null
  readonly timestamp: number | null
}

/** @throws {Error} one line, if nothing answers, or something other than a node */
export async function heldOf(from: Endpoint, key: string, transport?: Transport): Promise<HeldValue> {
  const { value, timestamp } = await request(from, { type: 'get', key }, heldLine, transport)
  return { key, value, timestamp }
}

/** Of these keys, over one connection. @throws {Error} one line, if nothing answers, or something other than a node */
export async function allHeldOf(
  from: Endpoint,
  keys: readonly string[],
  transport?: Transport,
): Promise<HeldValue[]> {
  const questions = keys.map((key) => ({ type: 'get', key }))
  const answers = await requests(from, questions, heldLine, transport)
  return answers.map(({ key, value, timestamp }) => ({ key, value, timestamp }))
}

/**
 * All keys that have a value, in order; what changes meanwhile may be there or not.
 * @throws {Error} one line, if nothing answers, or something other than a node
 */
export async function* keysOf(from: Endpoint, transport?: Transport): AsyncGenerator<string> {
  let after: string | undefined
  for (;;) {
    const { keys, more } = await request(from, { type: 'keys', after }, keysAnswer, transport)
    yield* keys
    // One that says that there is more, and names none, would be asked for ever.
    if (!more || keys.length === 0) return
    after = keys.at(-1)
  }
}
