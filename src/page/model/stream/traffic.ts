/** Who sends and gets how much, in a sliding window: so many steps of time, and the one that goes on. */

/** What is counted of each node: messages that it sent and got, bytes that it sent and that were sent to it. */
const SENT = 0
const GOT = 1
const BYTES_UP = 2
const BYTES_DOWN = 3
const KINDS = 4

export interface Load {
  readonly node: string
  /** Messages a second. */
  readonly sent: number
  readonly got: number
  /** Bytes a second: those that it sent, and those that were sent to it, lost ones among them. */
  readonly up: number
  readonly down: number
}

export class Traffic {
  readonly #steps: number
  readonly #names: string[] = []
  /** Of each step, the newest last. */
  readonly #past: Float64Array[] = []
  #now = new Float64Array(0)

  /** @param steps closed ones that count */
  constructor(steps: number) {
    this.#steps = steps
  }

  /** @param number of the node; where two share one they count together, by the first one's name */
  sent(number: number, node: string, bytes: number): void {
    this.#add(number, node, SENT, 1)
    this.#add(number, node, BYTES_UP, bytes)
  }

  got(number: number, node: string): void {
    this.#add(number, node, GOT, 1)
  }

  isSentTo(number: number, node: string, bytes: number): void {
    this.#add(number, node, BYTES_DOWN, bytes)
  }

  /** A step is over. */
  close(): void {
    this.#past.push(this.#now)
    if (this.#past.length > this.#steps) this.#past.shift()
    this.#now = new Float64Array(KINDS * this.#names.length)
  }

  clear(): void {
    this.#past.length = 0
    this.#now = new Float64Array(KINDS * this.#names.length)
  }

  /** Those with the most bytes, or messages where no bytes are told. @param seconds that the window spans */
  busiest(count: number, seconds: number): Load[] {
    const totals = new Float64Array(KINDS * this.#names.length)
    for (const step of [...this.#past, this.#now])
      for (let i = 0; i < step.length; i++) totals[i]! += step[i]!
    const loads = this.#names.map((node, number): Load => {
      const rate = (kind: number): number => totals[KINDS * number + kind]! / seconds
      return { node, sent: rate(SENT), got: rate(GOT), up: rate(BYTES_UP), down: rate(BYTES_DOWN) }
    })
    const weight = ({ up, down, sent, got }: Load): number => up + down || sent + got
    return loads
      .filter((it) => it.sent + it.got > 0)
      .sort((a, b) => weight(b) - weight(a))
      .slice(0, count)
  }

  #add(number: number, node: string, kind: number, amount: number): void {
    if (number >= this.#names.length) for (let i = this.#names.length; i <= number; i++) this.#names.push('')
    if (this.#names[number] === '') this.#names[number] = node
    const at = KINDS * number + kind
    if (at >= this.#now.length) {
      const grown = new Float64Array(Math.max(KINDS * this.#names.length, 2 * this.#now.length))
      grown.set(this.#now)
      this.#now = grown
    }
    this.#now[at]! += amount
  }
}
