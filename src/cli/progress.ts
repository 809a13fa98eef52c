/** A line on the terminal that says how far long work has come; nothing where stderr is no terminal. */
const REDRAW_MS = 100

export class Progress {
  readonly #nodes: number
  readonly #runs: number
  readonly #beganAt = performance.now()
  #run = 0
  #drawnAt = 0
  #isDrawn = false

  constructor(nodes: number, runs: number) {
    this.#nodes = nodes
    this.#runs = runs
  }

  /** The next run begins. */
  begin(): void {
    this.#run += 1
    this.show(0, 0)
  }

  show(events: number, reached: number): void {
    const now = performance.now()
    if (!process.stderr.isTTY || now - this.#drawnAt < REDRAW_MS) return
    this.#drawnAt = now
    this.#isDrawn = true
    const share = ((100 * reached) / this.#nodes).toFixed(1)
    const run = this.#runs > 1 ? `run ${this.#run} of ${this.#runs}${this.#timeLeft(now)}, ` : ''
    process.stderr.write(`\r${run}${events.toLocaleString('en')} events, ${share}% reached\u001b[K`)
  }

  clear(): void {
    if (this.#isDrawn) process.stderr.write('\r\u001b[K')
  }

  #timeLeft(now: number): string {
    const done = this.#run - 1
    if (done === 0) return ''
    const seconds = ((now - this.#beganAt) / done / 1000) * (this.#runs - done)
    return ` (${seconds.toFixed(0)} s left)`
  }
}
