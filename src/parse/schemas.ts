/** Schemas that many inputs share: what is typed, what a script hands in, what a file holds. */
import { z } from 'zod'

/** A whole number. @param name of it, where the error has to say which */
export function whole(min: number, max: number, name = '') {
  const error = `${name} must be a whole number from ${min} to ${max}`.trim()
  return z.number(error).refine((it) => Number.isSafeInteger(it) && it >= min && it <= max, error)
}

/** @param name of it, where the error has to say which */
export function probability(name = '') {
  const error = `${name} must be a probability from 0 to 1`.trim()
  return z.number(error).refine((it) => it >= 0 && it <= 1, error)
}

const NUMBER = /^(?:\d{1,16}|\d*\.\d+)(?:e-\d+)?$/

/** Of numbers, also as text: "5", ".1", "1e-3". What scripts hand in is typed as the number that it should be. */
export function typed(schema: z.ZodType<number, number>): z.ZodType<number, number> {
  const number = (it: unknown) => (typeof it === 'string' && NUMBER.test(it) ? Number(it) : it)
  return z.preprocess(number, schema) as unknown as z.ZodType<number, number>
}

/** For `transform`: a parser that throws one line. */
export function parsedBy<T>(parse: (text: string) => T) {
  return (it: string | number, context: z.RefinementCtx): T => {
    try {
      return parse(String(it))
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  }
}
