/**
 * How often a line of a kind is told: what strangers can cause must not fill a disk. The first lines of each kind in a
 * while are told, then one that says how many more there were. Events (`watch`, `--trace`, recordings) stay whole.
 */

/** Lines of a kind that are told in so many ms. */
const MOST = 200
const WHILE_MS = 10_000
/** Kinds that are told apart: what is said may hold words of strangers. */
const MAX_KINDS = 64
const MAX_TEXTS = 256

interface Count {
  readonly since: number
  told: number
  left: number
  more: (count: number) => void
}

export class LineLimiter {
  readonly #kinds = new Map<string, Count>()
  /** Of what was said lately: most lines are said again and again. */
  readonly #kindsOf = new Map<string, string>()
  readonly #most: number
  readonly #whileMs: number

  constructor(most = MOST, whileMs = WHILE_MS) {
    this.#most = most
    this.#whileMs = whileMs
  }

  /**
   * @param text of which names and numbers make no kind of their own
   * @param more is called when the while is over, with how many were left out, in words
   * @returns is it told?
   */
  admits(text: string, more: (words: string) => void): boolean {
    const kind = this.#kindOf(text)
    const count = this.#counted(kind)
    if (count.told < this.#most) {
      count.told += 1
      return true
    }
    count.left += 1
    const seconds = this.#whileMs / 1000
    count.more = (left) => more(`... ${left} more of this kind in the last ${seconds} s: ${kind}`)
    return false
  }

  #kindOf(text: string): string {
    const words = text.slice(0, 200)
    let kind = this.#kindsOf.get(words)
    if (kind === undefined) {
      if (this.#kindsOf.size >= MAX_TEXTS) this.#kindsOf.clear()
      kind = words.replace(/\S*[^\p{L}\s,;()'-]\S*/gu, '*')
      this.#kindsOf.set(words, kind)
    }
    return this.#kinds.has(kind) || this.#kinds.size < MAX_KINDS ? kind : '*'
  }

  #counted(kind: string): Count {
    const now = performance.now()
    const count = this.#kinds.get(kind)
    if (count !== undefined && now - count.since < this.#whileMs) return count
    const next: Count = { since: now, told: 0, left: 0, more: () => {} }
    this.#kinds.set(kind, next)
    if (count !== undefined) end(count)
    setTimeout(() => {
      if (this.#kinds.get(kind) === next) this.#kinds.delete(kind)
      end(next)
    }, this.#whileMs).unref()
    return next
  }
}

function end(count: Count): void {
  if (count.left > 0) count.more(count.left)
  count.left = 0
}
