/** What a script's nodes log: JSON lines on stdout. */
import { type Logger, pino } from 'pino'
import type { LogLevel } from '../daemon/log-level.ts'
import { printableJson, through } from '../text/printable.ts'

export function logTo(level: LogLevel): Logger {
  const to = through(printableJson, pino.destination(1))
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, to)
}
