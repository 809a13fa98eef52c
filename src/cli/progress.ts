/** A line on the terminal that says how far long work has come; nothing where stderr is no terminal. */
const REDRAW_MS = 100
const BAR_WIDTH = 20

export class Progress {
  readonly #nodes: number
  readonly #runs: number
  readonly #beganAt = performance.now()
  #done = 0
  #drawnAt = 0
  #isDrawn = false

  constructor(nodes: number, runs: number) {
    this.#nodes = nodes
    this.#runs = runs
  }

  /** One more run is done. */
  done(): void {
    this.#done += 1
    if (this.#runs > 1) this.#draw('')
  }

  /** How far the run under way has come. */
  show(events: number, reached: number): void {
    const share = ((100 * reached) / this.#nodes).toFixed(1)
    this.#draw(`${events.toLocaleString('en')} events, ${share}% reached`)
  }

  clear(): void {
    if (this.#isDrawn) process.stderr.write('\r\u001b[K')
    this.#isDrawn = false
  }

  #draw(what: string): void {
    const now = performance.now()
    if (!process.stderr.isTTY || now - this.#drawnAt < REDRAW_MS) return
    this.#drawnAt = now
    this.#isDrawn = true
    process.stderr.write(`\r${this.#runs > 1 ? this.#bar(now) : ''}${what}\u001b[K`)
  }

  #bar(now: number): string {
    const filled = Math.round((BAR_WIDTH * this.#done) / this.#runs)
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
    const seconds = ((now - this.#beganAt) / this.#done / 1000) * (this.#runs - this.#done)
    const left = this.#done === 0 ? '' : `, ${seconds.toFixed(0)} s left`
    return `${bar} ${this.#done} of ${this.#runs} runs${left} `
  }
}
