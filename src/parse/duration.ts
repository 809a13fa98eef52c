/** Durations, as people type them. */
import { z } from 'zod'

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const
const FORM = 'must be a duration such as 500ms, 2s, 1m or a number of ms'

/** "500ms", "2s", "1m", "1h", or a bare number of ms. At most 23 days, what a timer can wait. */
export const durationSchema = z
  .string(FORM)
  .regex(/^\d+(\.\d+)?(ms|s|m|h)?$/, FORM)
  .transform((text) => {
    const unit = /[a-z]+$/.exec(text)?.[0] as keyof typeof UNITS | undefined
    return Number.parseFloat(text) * UNITS[unit ?? 'ms']
  })
  .refine((ms) => ms <= 2_000_000_000, 'must be at most 23 days')

/** Between two rounds of gossip: a duration as text, or ms. */
export const periodSchema = z
  .preprocess((it) => (typeof it === 'number' ? String(it) : it), durationSchema)
  .refine((ms) => ms >= 1, 'must be at least 1ms') as unknown as z.ZodType<number, number | string>

/** For how long a handler may take: a bare number is seconds. */
export const timeoutSchema = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m)?$/, 'must be a number of seconds, or a duration such as 500ms')
  .transform((text) => (/[a-z]/.test(text) ? text : `${text}s`))
  .pipe(durationSchema)
  .refine((ms) => ms >= 100 && ms <= 3_600_000, 'must be from 100ms to 60m')
