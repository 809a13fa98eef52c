/**
 * A processor waits long for memory that it has not used for a while, but it fetches many places at once where it need not
 * wait for one to know the next. So what events are about to read of their nodes is read before the first of them happens.
 */
import { INTEGERS, nodeOf, type Records, WHO } from '../queue/records.ts'

export type Events = Pick<Records<unknown>, 'integers' | 'count'>

/** Of fewer nodes what events read stays in the processor's cache. */
const MANY = 50_000

export class FetchAhead {
  readonly #areMany: boolean
  /** What is read is added up, so that no compiler finds it to be of no use. */
  #sum = 0

  constructor(nodes: number) {
    this.#areMany = nodes >= MANY
  }

  bytes(column: Readonly<Record<number, number>>, { integers, count }: Events): void {
    if (!this.#areMany) return
    let sum = 0
    for (let i = 0; i < count; i++) sum += column[nodeOf(integers[i * INTEGERS + WHO]!)]!
    this.#sum = (this.#sum + sum) | 0
  }

  objects(column: readonly unknown[], { integers, count }: Events): void {
    if (!this.#areMany) return
    let sum = 0
    for (let i = 0; i < count; i++) if (column[nodeOf(integers[i * INTEGERS + WHO]!)] === this) sum += 1
    this.#sum = (this.#sum + sum) | 0
  }
}
