/** What a script hands in, parsed: one clear line if it is wrong, and nothing unknown gets through. */
import { z } from 'zod'
import { oneLine } from '../parse/one-line.ts'

/** An object of these and no other keys. */
export function settings<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `there is no ${(issue.keys as string[]).join(', ')}; there are: ${Object.keys(shape).join(', ')}`
        : undefined,
  })
}

/**
 * @param who the function that was called
 * @throws {Error} one line: who, what is wrong, and what is allowed
 */
export function parse<S extends z.ZodType>(who: string, schema: S, given: unknown): z.output<S> {
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new Error(`${who}: ${oneLine(parsed.error, given)}`)
  return parsed.data
}

/** Something to be called back. */
export function callback<F extends (...args: never[]) => unknown>() {
  return z.custom<F>((it) => typeof it === 'function', 'must be a function')
}
