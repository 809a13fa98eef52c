/** What was done at the page, kept as a scenario that can be played again. */
import { performance } from 'node:perf_hooks'
import type { RunningCluster } from '../../cluster/running-cluster.ts'
import { act } from '../../scenario/perform-step.ts'
import type { Action } from '../../scenario/scenario.ts'
import { inWords } from '../../scenario/step-in-words.ts'

/** Steps that a scenario may have. */
const MAX_ACTIONS = 10_000

export class ActionLog {
  readonly #steps: object[] = []
  #beganAt = 0

  /**
   * Does it to a cluster, and keeps it.
   * @param asked the step as it was asked for
   * @returns what was done, in words
   * @throws {Error} one line
   */
  async perform(cluster: RunningCluster, action: Action, asked: unknown): Promise<string> {
    act(cluster, action)
    await cluster.settled()
    this.add(asked as object)
    return inWords(action)
  }

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
