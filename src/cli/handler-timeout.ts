/** For how long a handler may take in commands that have no option for it; what check's `--timeout` is without one. */
import { timeoutSchema } from '../parse/duration.ts'
import { oneLine } from '../parse/one-line.ts'
import { TIMEOUT_MS } from '../watchdog/stall.ts'

export const VARIABLE = 'GOSSIP_HANDLER_TIMEOUT'

/** @returns ms @throws {Error} one line: what the environment says is no such time */
export function handlerTimeout(): number {
  const given = process.env[VARIABLE]
  if (!given) return TIMEOUT_MS
  const parsed = timeoutSchema.safeParse(given)
  if (!parsed.success) throw new Error(`${VARIABLE}: ${oneLine(parsed.error)}`)
  return parsed.data
}
