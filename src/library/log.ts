/** What a script's nodes log: JSON lines on stdout. */
import { type Logger, pino } from 'pino'
import { printableJson, through } from '../text/printable.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export function logTo(level: LogLevel): Logger {
  const to = through(printableJson, pino.destination(1))
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, to)
}
