/** Keys, as they come from outside. */
import { z } from 'zod'
import { MAX_KEY_BYTES } from '../value.ts'
import { utf8Bytes } from './bytes.ts'

/** At most 256 bytes of UTF-8; "" is the key of whoever speaks of none. */
export const keySchema = z
  .string()
  .refine((it) => utf8Bytes(it) <= MAX_KEY_BYTES, `must be at most ${MAX_KEY_BYTES} bytes long`)
