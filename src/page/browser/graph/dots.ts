/**
 * Messages on their way, as the live graph shows them: far more slowly than they are, and of many at once only
 * some. Flat arrays: there may be 15,000 a second.
 */
import type { GossipEvent } from '../../../measure/event.ts'

export const MAX_DOTS = 400
/** Ms that a message is shown on its way. */
const WAY_MS = 450
const CONTROL_WAY_MS = 350
/** Only so many dots are room for control messages: the value matters more. */
const MAX_CONTROL = 120
/** Dots among which a lost one is looked for. */
const LOOK_BACK = 64

/** @param progress 0 to 1 @param isLost it ends halfway */
export type DrawDot = (from: string, to: string, progress: number, isValue: boolean, isLost: boolean) => void

export class Dots {
  readonly #from: string[] = new Array<string>(MAX_DOTS).fill('')
  readonly #to: string[] = new Array<string>(MAX_DOTS).fill('')
  readonly #start = new Float64Array(MAX_DOTS)
  readonly #isValue = new Uint8Array(MAX_DOTS)
  readonly #isLost = new Uint8Array(MAX_DOTS)
  #count = 0
  #controls = 0

  get count(): number {
    return this.#count
  }

  /** @param now of the frames' clock */
  see({ event, node, peer, type }: GossipEvent, now: number): void {
    if (peer === undefined) return
    if (event === 'sent') this.#add(node, peer, type === 'value' ? 1 : 0, now)
    else if (event === 'lost') this.#lost(node, peer)
  }

  clear(): void {
    this.#count = this.#controls = 0
  }

  /** Draws all, and drops those that have come. */
  each(now: number, draw: DrawDot): void {
    let kept = 0
    let controls = 0
    for (let i = 0; i < this.#count; i++) {
      const isValue = this.#isValue[i]!
      const progress = (now - this.#start[i]!) / (isValue ? WAY_MS : CONTROL_WAY_MS)
      if (progress >= 1) continue
      draw(this.#from[i]!, this.#to[i]!, Math.max(0, progress), isValue === 1, this.#isLost[i] === 1)
      if (!isValue) controls += 1
      this.#copy(i, kept++)
    }
    this.#count = kept
    this.#controls = controls
  }

  #add(from: string, to: string, isValue: 0 | 1, now: number): void {
    if (this.#count === MAX_DOTS || (!isValue && this.#controls === MAX_CONTROL)) return
    if (!isValue) this.#controls += 1
    const i = this.#count++
    this.#from[i] = from
    this.#to[i] = to
    this.#start[i] = now
    this.#isValue[i] = isValue
    this.#isLost[i] = 0
  }

  #lost(from: string, to: string): void {
    const first = Math.max(0, this.#count - LOOK_BACK)
    for (let i = this.#count - 1; i >= first; i--) {
      if (this.#from[i] !== from || this.#to[i] !== to || this.#isLost[i]) continue
      this.#isLost[i] = 1
      return
    }
  }

  #copy(from: number, to: number): void {
    if (from === to) return
    this.#from[to] = this.#from[from]!
    this.#to[to] = this.#to[from]!
    this.#start[to] = this.#start[from]!
    this.#isValue[to] = this.#isValue[from]!
    this.#isLost[to] = this.#isLost[from]!
  }
}
