/**
 * Which of the addresses that a node was told to join nobody answers at. Nodes that start together come up one after
 * the other, so nothing is said at first; then once, and again when it changes.
 */
import type { Logger } from 'pino'

export interface JoinWords {
  /** @param why one line; empty where it is just silence */
  silent(join: string, why: string): void
  answers(join: string): void
}

interface Entry {
  hasAnswered: boolean
  /** Times in a row that nobody answered. */
  silences: number
  why: string
  /** The reason that was told; undefined if it was not told that nobody answers. */
  told: string | undefined
}

/** Ms after the start at which it is told that nobody answered until then. */
export const JOIN_GRACE_MS = 7000
/** One that answered before may be busy once. */
const SILENCES = 2

/** One that tells it in the log. @param log asked each time, as its node may go by another address */
export function joinReport(log: () => Logger): JoinReport {
  return new JoinReport({
    silent: (join, why) => log().warn({ join }, `nobody answers at ${join} (--join)${why && `: ${why}`}`),
    answers: (join) => log().info({ join }, `somebody answers at ${join} (--join) now`),
  })
}

export class JoinReport {
  readonly #words: JoinWords
  readonly #entries = new Map<string, Entry>()
  #isEarly = true

  constructor(words: JoinWords) {
    this.#words = words
  }

  answered(join: string): void {
    const entry = this.#entry(join)
    entry.silences = 0
    entry.hasAnswered = true
    if (entry.told !== undefined) this.#words.answers(join)
    entry.told = undefined
  }

  silent(join: string, why = ''): void {
    const entry = this.#entry(join)
    entry.silences += 1
    entry.why = why
    if (!this.#isEarly) this.#tell(join, entry)
  }

  /** The others had their time to start. */
  late(): void {
    this.#isEarly = false
    for (const [join, entry] of this.#entries) this.#tell(join, entry)
  }

  #tell(join: string, entry: Entry): void {
    if (entry.silences < (entry.hasAnswered ? SILENCES : 1) || entry.told === entry.why) return
    entry.told = entry.why
    this.#words.silent(join, entry.why)
  }

  #entry(join: string): Entry {
    const entry = this.#entries.get(join) ?? { hasAnswered: false, silences: 0, why: '', told: undefined }
    this.#entries.set(join, entry)
    return entry
  }
}
