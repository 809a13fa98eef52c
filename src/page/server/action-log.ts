/** What was done at the page, kept as a scenario that can be played again. */
import { performance } from 'node:perf_hooks'

/** Steps that a scenario may have. */
const MAX_ACTIONS = 10_000

export class ActionLog {
  readonly #steps: object[] = []
  #beganAt = 0

  /** @param action a step as it was asked for, that has been done; beyond 10,000 none is kept any more */
  add(action: object): void {
    if (this.#steps.length === 0) this.#beganAt = performance.now()
    if (this.#steps.length === MAX_ACTIONS) return
    this.#steps.push({ ...action, at: Math.round(performance.now() - this.#beganAt) })
  }

  get steps(): readonly object[] {
    return this.#steps
  }
}
