/** One loop for all that moves; it rests while nothing does. */

/** @returns does it want another frame? @param elapsed ms since the last one */
export type Painter = (now: number, elapsed: number) => boolean

export class Frames {
  readonly #painters = new Set<Painter>()
  #isRunning = false
  #last = 0

  /** @returns what ends it */
  add(painter: Painter): () => void {
    this.#painters.add(painter)
    this.wake()
    return () => this.#painters.delete(painter)
  }

  wake(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    this.#last = performance.now()
    requestAnimationFrame(this.#frame)
  }

  readonly #frame = (): void => {
    const now = performance.now()
    const elapsed = now - this.#last
    this.#last = now
    this.#isRunning = false
    let wantsMore = false
    for (const painter of this.#painters) wantsMore = painter(now, elapsed) || wantsMore
    if (!wantsMore || this.#isRunning) return
    this.#isRunning = true
    requestAnimationFrame(this.#frame)
  }
}
