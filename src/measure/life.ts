/**
 * Who runs, out of events. A recording often ends with its cluster: that its nodes stop then is no death in the run.
 *
 * The rule: a node that was killed is dead, and one that left while others went on has left. Where at the end no node
 * runs, those that left in the last series of departures ended with the cluster: figures are those from before that
 * series. It is broken by a node that starts or takes a value, and by more than 2 s without a departure (in that time a
 * node that is told to end has ended).
 */
import type { GossipEvent } from './event.ts'
import { Starts } from './starts.ts'

/** Ms that a node may take to end. */
const ENDS_WITHIN = 2000

export class Life {
  readonly #stopped = new Set<string>()
  readonly #leaving = new Set<string>()
  #leftAt = Number.NEGATIVE_INFINITY
  readonly #starts = new Starts()

  /** Nodes that do not run. */
  get stopped(): number {
    return this.#stopped.size
  }

  /** Those of the last series of departures. */
  get leaving(): ReadonlySet<string> {
    return this.#leaving
  }

  /** @param nodes how many there are. @returns did the cluster end, and has not started again? */
  hasEnded(nodes: number): boolean {
    return this.#leaving.size > 0 && this.#stopped.size === nodes
  }

  runs(node: string): boolean {
    return !this.#stopped.has(node)
  }

  /** Is it told only again, as a watch begins, that a node started: did it run on? */
  goesOn(it: GossipEvent): boolean {
    return it.since !== undefined && this.#starts.isKnown(it)
  }

  /** @returns does a series of departures begin with it? @throws {Error} one line: a node starts twice at one time */
  see(it: GossipEvent): boolean {
    const { event, node, at, how } = it
    switch (event) {
      case 'started':
        if (this.goesOn(it)) return false
        if (this.#starts.isKnown(it)) throw new Error(twice(`${node} starts twice at ${at}`))
        this.#starts.add(it)
        this.#runsOn(node)
        return false
      case 'updated':
        this.#runsOn(node)
        return false
      case 'sent':
      case 'received':
        // Its start was not recorded.
        if (this.#stopped.size > 0) {
          this.#stopped.delete(node)
          this.#leaving.delete(node)
        }
        return false
      case 'stopped':
        this.#stopped.add(node)
        return how !== 'killed' && this.#left(node, at)
      default:
        return false
    }
  }

  #runsOn(node: string): void {
    if (this.#stopped.size > 0) this.#stopped.delete(node)
    if (this.#leaving.size > 0) this.#leaving.clear()
  }

  #left(node: string, at: number): boolean {
    if (at - this.#leftAt > ENDS_WITHIN) this.#leaving.clear()
    this.#leftAt = at
    this.#leaving.add(node)
    return this.#leaving.size === 1
  }
}

/** Merged they would make nonsense. */
export function twice(what: string): string {
  return `these are several runs, or the same events twice: ${what}; measure each run alone, or have them marked by one simulate --trace`
}
