/** A line on the terminal that says how far long work has come; nothing where stderr is no terminal. */
import type { HowFar } from '../../experiment/parallel/progress-board.ts'

const REDRAW_MS = 100
const BAR_WIDTH = 20

/** Where it is drawn. */
export interface Terminal {
  readonly isTTY: boolean
  readonly columns?: number
  write(text: string): unknown
}

export class Progress {
  /** Is there a terminal to draw on? */
  readonly isDrawn: boolean
  readonly #runs: number
  readonly #unit: string
  readonly #terminal: Terminal
  readonly #now: () => number
  readonly #beganAt: number
  #done = 0
  #underWay: readonly HowFar[] = []
  #drawnAt = Number.NEGATIVE_INFINITY
  #hasEnded = false

  /** @param unit of simulated time: ms or rounds @param now ms, of a clock that only goes forward */
  constructor(
    runs: number,
    unit: string,
    terminal: Terminal = process.stderr,
    now = () => performance.now(),
  ) {
    this.#runs = runs
    this.#unit = unit
    this.#terminal = terminal
    this.isDrawn = terminal.isTTY
    this.#now = now
    this.#beganAt = now()
    // To make a million nodes takes a while, too.
    this.#draw()
  }

  /** One more run is done. */
  done(): void {
    this.#done += 1
    this.#draw()
  }

  /** How far the runs under way have come. */
  show(underWay: readonly HowFar[]): void {
    this.#underWay = underWay
    this.#draw()
  }

  /** Nothing is drawn any more. */
  end(): void {
    if (this.isDrawn && !this.#hasEnded) this.#terminal.write('\r\u001b[K')
    this.#hasEnded = true
  }

  #draw(): void {
    const now = this.#now()
    if (!this.isDrawn || this.#hasEnded || now - this.#drawnAt < REDRAW_MS) return
    this.#drawnAt = now
    const parts = [this.#runs > 1 ? this.#bar(now) : '', progressOf(this.#underWay, this.#unit)]
    const line = parts.filter((it) => it !== '').join('; ') || 'begins'
    // A line that wraps could not be drawn over; some terminals say they have no columns.
    this.#terminal.write(`\r${line.slice(0, (this.#terminal.columns || 80) - 1)}\u001b[K`)
  }

  #bar(now: number): string {
    const filled = Math.round((BAR_WIDTH * this.#done) / this.#runs)
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
    const seconds = ((now - this.#beganAt) / this.#done / 1000) * (this.#runs - this.#done)
    const left = this.#done === 0 ? '' : `, ${seconds.toFixed(0)} s left`
    return `${bar} ${this.#done} of ${this.#runs} runs${left}`
  }
}

/** What is known of runs under way. When one ends nobody knows before: so nothing is said of the time left. */
function progressOf(underWay: readonly HowFar[], unit: string): string {
  const [first, ...others] = underWay
  if (first === undefined) return ''
  const sum = (of: (it: HowFar) => number): number => underWay.reduce((all, it) => all + of(it), 0)
  const [events, reached, nodes] = [sum((it) => it.events), sum((it) => it.reached), sum((it) => it.nodes)]
  const many = others.length > 0
  return [
    `${many ? `${underWay.length} under way: ` : ''}${events.toLocaleString('en')} events`,
    // Where nodes only estimate no value goes round.
    ...(reached > underWay.length ? [`${((100 * reached) / nodes).toFixed(1)}% of the nodes reached`] : []),
    ...(many ? [] : [unit === 'ms' ? `${(first.now / 1000).toFixed(1)} s simulated` : `round ${first.now}`]),
  ].join(', ')
}
