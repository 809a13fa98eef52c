/** Warns of what goes on once, and again when it changes: a warning for each message is none. */
import type { Logger } from 'pino'

/** Subjects that are told apart; strangers can make up some. */
const MAX_SUBJECTS = 256

export class DeduplicatedLog {
  readonly #log: () => Logger
  readonly #told = new Map<string, string>()

  /** @param log asked each time, as its node may go by another address */
  constructor(log: () => Logger) {
    this.#log = log
  }

  /** At `warn`, if that is not what was said of the subject last, else at `debug`. @param state what must change */
  warn(subject: string, fields: object, text: string, state = text): void {
    this.#say('warn', subject, fields, text, state)
  }

  /** As `warn`, at `error`. */
  error(subject: string, fields: object, text: string, state = text): void {
    this.#say('error', subject, fields, text, state)
  }

  /** It is over: told at `info`, if it had been told of. */
  over(subject: string, text?: string): void {
    if (this.#told.delete(subject) && text !== undefined) this.#log().info(text)
  }

  #say(level: 'warn' | 'error', subject: string, fields: object, text: string, state: string): void {
    const last = this.#told.get(subject)
    const isNew = last !== state && (last !== undefined || this.#told.size < MAX_SUBJECTS)
    if (isNew) this.#told.set(subject, state)
    this.#log()[isNew ? level : 'debug'](fields, text)
  }
}
