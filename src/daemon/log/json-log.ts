/** A log of JSON lines that is bounded: in the length of a line, in lines of a kind, in what waits for its reader. */
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import { patientLines } from '../../files/patient-lines.ts'
import { excerpt } from '../../gossip/excerpt.ts'
import { printableJson, through } from '../../text/printable.ts'
import { LineLimiter } from './line-limiter.ts'

/** Characters of a line. */
const MAX_LINE = 16_384

type Hook = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>

/** To standard output, or stderr. */
export function linesTo(file: 1 | 2): DestinationStream {
  return bounded(through(printableJson, patientLines(file, dropped)))
}

function dropped(count: number): string {
  const msg = `dropped ${count} lines of this log: nobody read them`
  return `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), msg })}\n`
}

/** What has no bound of its own is left out. */
function bounded(to: DestinationStream): DestinationStream {
  return {
    write(line) {
      if (line.length <= MAX_LINE) return to.write(line)
      const { level, time, server, msg } = JSON.parse(line)
      to.write(`${JSON.stringify({ level, time, server, msg: excerpt(String(msg)), cut: line.length })}\n`)
    },
  }
}

/** @param hook what else is done before a line is told: it may leave it out */
export function jsonLog(level: string, destination = linesTo(1), hook?: Hook): Logger {
  const formatters = { level: (label: string) => ({ level: label }) }
  const hooks = { logMethod: limited(hook) }
  return pino({ level, base: null, formatters, timestamp: pino.stdTimeFunctions.isoTime, hooks }, destination)
}

/** Each node of a process has its own limits. What is fatal comes last, and once. */
function limited(hook: Hook | undefined): Hook {
  const limiters = new WeakMap<Logger, LineLimiter>()
  return function limit(words, log, level) {
    const tell = (of: typeof words): void => {
      if (hook === undefined) log.apply(this, of)
      else hook.call(this, of, log, level)
    }
    let limiter = limiters.get(this)
    if (limiter === undefined) {
      limiter = new LineLimiter()
      limiters.set(this, limiter)
    }
    const text = String((words as unknown[]).find((it) => typeof it === 'string') ?? '')
    const isTold = level >= pino.levels.values.fatal! || limiter.admits(text, (more) => log.call(this, more))
    if (isTold) tell(words)
  }
}
