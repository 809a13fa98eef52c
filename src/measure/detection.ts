/** When those who live notice that a node has died, and how often they drop one that lives. */

export interface DetectionFigures {
  /** Periods from a death until the first live node dropped the dead one, mean over the deaths; null where none did. */
  readonly first: number | null
  /** Until the last of those dropped it that had it as a peer; null where some still have one as the run ends. */
  readonly last: number | null
  /** Live nodes that a live one dropped, per node and period. */
  readonly falseAlarms: number
}

interface Death {
  readonly at: number
  first: number | undefined
  last: number | undefined
}

export class Detection {
  readonly #deaths = new Map<number, Death>()
  readonly #over: Death[] = []
  #drops = 0

  died(node: number, at: number): void {
    this.#deaths.set(node, { at, first: undefined, last: undefined })
  }

  /** It runs again: what was dropped of it by now was. */
  started(node: number): void {
    const death = this.#deaths.get(node)
    if (death !== undefined) this.#over.push(death)
    this.#deaths.delete(node)
  }

  /** A live node drops that one. */
  dropped(node: number, at: number): void {
    const death = this.#deaths.get(node)
    if (death === undefined) this.#drops += 1
    else {
      death.first ??= at
      death.last = at
    }
  }

  /** What was dropped so far is not counted. */
  forget(): void {
    this.#drops = 0
  }

  /**
   * @param isKept does a live node still have that one as a peer?
   * @param nodes and periods in which live ones were dropped
   * @returns undefined where nobody died
   */
  figures(
    isKept: (node: number) => boolean,
    period: number,
    nodes: number,
    periods: number,
  ): DetectionFigures | undefined {
    const deaths = [...this.#over, ...this.#deaths.values()]
    if (deaths.length === 0) return undefined
    const isComplete = [...this.#deaths.keys()].every((it) => !isKept(it))
    const after = (when: 'first' | 'last'): number | null => {
      const times = deaths.flatMap((it) => (it[when] === undefined ? [] : [(it[when] - it.at) / period]))
      return times.length === 0 ? null : times.reduce((sum, it) => sum + it, 0) / times.length
    }
    return {
      first: after('first'),
      last: isComplete ? after('last') : null,
      falseAlarms: nodes * periods === 0 ? 0 : this.#drops / (nodes * periods),
    }
  }
}
