/** Hands in loads to a cluster of real nodes, each value when it is due. */
import { setTimeout } from 'node:timers/promises'
import { drawSize } from '../network/cost/size.ts'
import { type HandIn, handIns, type Load } from '../scenario/load.ts'

/** Where values are handed in. */
export interface LoadTarget {
  /** How many nodes it has. */
  readonly nodes: number
  runs(node: number): boolean
  /** @throws (or rejects) {Error} one line, where it is not accepted */
  handIn(node: number, value: string, key: string): void | Promise<void>
}

export class LoadPlayer {
  readonly #target: LoadTarget
  readonly #underWay: Promise<void>[] = []
  readonly #stopping = new AbortController()
  /** By key, until its last value was accepted; where that takes no time there is nothing to wait for. */
  readonly #last = new Map<string, Promise<void> | undefined>()
  #failure: Error | undefined

  constructor(target: LoadTarget) {
    this.#target = target
  }

  play(load: Load): void {
    this.#underWay.push(this.#play(load).catch((error: Error) => this.#failed(error)))
  }

  /** Until all values of the loads so far were handed in. @throws {Error} one line, if one was not accepted */
  async done(): Promise<void> {
    while (this.#underWay.length > 0) await Promise.all(this.#underWay.splice(0))
    if (this.#failure !== undefined) throw this.#failure
  }

  stop(): void {
    this.#stopping.abort()
  }

  async #play(load: Load): Promise<void> {
    const { signal } = this.#stopping
    const beganAt = performance.now()
    for (const it of handIns(load, this.#target.nodes)) {
      // A timer may ring a little early; what is late is handed in at once.
      const left = (): number => beganAt + it.after - performance.now()
      while (left() > 0 && !signal.aborted)
        await setTimeout(Math.ceil(left()), undefined, { signal }).catch(() => {})
      if (signal.aborted || this.#failure !== undefined) return
      this.#handIn(it)
    }
  }

  #handIn({ to, value: text, key, size }: HandIn): void {
    const value = size === undefined ? text : text.padEnd(drawSize(size, Math.random), '.')
    for (const node of to) {
      if (!this.#target.runs(node)) continue
      this.#last.set(
        key,
        this.#after(this.#last.get(key), () => this.#target.handIn(node, value, key)),
      )
      return
    }
  }

  /** A value that comes before an older one of its key would make that one come too late. */
  #after(before: Promise<void> | undefined, act: () => void | Promise<void>): Promise<void> | undefined {
    const accepted = before === undefined ? act() : before.then(act)
    const done = accepted?.catch((error: Error) => this.#failed(error))
    if (done !== undefined) this.#underWay.push(done)
    return done
  }

  #failed(error: Error): void {
    this.#failure ??= new Error(`load: ${error.message}`)
  }
}
