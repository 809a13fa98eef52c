import { z } from 'zod'

/** What an option's schema says of itself; empty where it says nothing. */
export function descriptionOf(schema: z.ZodType): string {
  return schema.description ?? z.globalRegistry.get(schema)?.description ?? ''
}
