/** A node as its handlers see it in a check: the same, but somebody listens, and it knows whose handler is under way. */
import type { Address, StrategyNode } from '../../gossip/strategy.ts'
import type { Except } from '../../gossip/view/view.ts'

/** Who listens. */
export interface Guard {
  /** Something was asked of that node. */
  asked(node: GuardedNode): void
  /** It says this to somebody. */
  told(contents: unknown): void
  /** It waits; what comes then. */
  wait(node: GuardedNode, act: () => void): () => void
}

export class GuardedNode implements StrategyNode {
  readonly #node: StrategyNode
  readonly #guard: Guard

  constructor(node: StrategyNode, guard: Guard) {
    this.#node = node
    this.#guard = guard
  }

  get options(): StrategyNode['options'] {
    return this.#asked.options
  }

  get state(): unknown {
    return this.#asked.state
  }

  get version(): string | null {
    return this.#asked.version
  }

  get peers(): readonly Address[] {
    return this.#asked.peers
  }

  get number(): number {
    return this.#asked.number
  }

  pick(k: number, except?: Except | null): Address[] {
    return this.#asked.pick(k, except)
  }

  lacks(version: string): boolean {
    return this.#asked.lacks(version)
  }

  isNewerThan(version: string | null): boolean {
    return this.#asked.isNewerThan(version)
  }

  sendValue(to: readonly Address[], ...carried: [Record<string, unknown>?]): void {
    this.#guard.told(carried[0])
    ;(this.#asked.sendValue as (to: readonly Address[], ...carried: unknown[]) => void)(to, ...carried)
  }

  send(to: readonly Address[], type: string, fields: Record<string, unknown>): void {
    this.#guard.told(fields)
    this.#asked.send(to, type, fields)
  }

  chance(p: number): boolean {
    return this.#asked.chance(p)
  }

  after(periods: number, act: () => void): void {
    const node = this.#asked
    node.after(periods, this.#guard.wait(this, act))
  }

  log(...what: unknown[]): void {
    this.#asked.log(...what)
  }

  report(name: string, value: number): void {
    this.#asked.report(name, value)
  }

  get #asked(): StrategyNode {
    this.#guard.asked(this)
    return this.#node
  }
}
