/**
 * Two nodes that go by one address: whoever names this node's address without being this node. A node that asks its
 * own address, as it may, is told by what it said of itself lately.
 */

/** So many of its own heartbeats are remembered: a question takes less time than that. */
const MAX_SAID = 64

export class AddressConflicts {
  readonly #said = new Set<number>()

  /** This node told its heartbeat. */
  said(heartbeat: number): void {
    this.#said.delete(heartbeat)
    this.#said.add(heartbeat)
    if (this.#said.size > MAX_SAID) this.#said.delete(this.#said.values().next().value!)
  }

  isOwn(heartbeat: number): boolean {
    return this.#said.has(heartbeat)
  }
}
