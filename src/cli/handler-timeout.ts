/** For how long a handler may take in commands that have no option for it; what check's `--timeout` is without one. */
import { InvalidArgumentError } from 'commander'
import { TIMEOUT_MS } from '../watchdog/stall.ts'
import { timeout } from './option/parse.ts'

export const VARIABLE = 'GOSSIP_HANDLER_TIMEOUT'

/** @returns ms @throws {Error} one line: what the environment says is no such time */
export function handlerTimeout(): number {
  const given = process.env[VARIABLE]
  if (!given) return TIMEOUT_MS
  try {
    return timeout(given)
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    throw new Error(`${VARIABLE}: ${error.message}`)
  }
}
