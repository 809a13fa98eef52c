/** Values one after the other, under some keys in turn. */
import type { Value } from '../../../src/gossip/value.ts'
import { kept } from './opened.ts'

export const KEYS = 40

/** Long enough that the journal is written anew again and again. */
export function numbered(i: number): Value {
  return kept(`k${i % KEYS}`, `${i} ${'x'.repeat(4000)}`, i)
}
