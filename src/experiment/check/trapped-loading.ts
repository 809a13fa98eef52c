/** Loads what is judged with traps set: clocks and dice answer, nothing else comes of what is done meanwhile. */
import type { Located } from '../../loader/load.ts'
import type { CommonClaim, Flaw } from './claims.ts'
import { setTraps, used } from './traps.ts'

export class TrappedLoading {
  readonly #who: string
  /** The first side door that the text of the file has, if there is one. */
  readonly #door: string | undefined
  /** What traps that were set as the file was loaded have caught since. */
  readonly #sprung: (readonly string[])[] = []

  constructor(kind: 'strategy' | 'membership', { name, door }: Pick<Located, 'name' | 'door'>) {
    this.#who = `${kind} ${name}`
    this.#door = door
  }

  async load<T>(load: () => Promise<T>): Promise<T> {
    const traps = setTraps(false)
    this.#sprung.push(traps.sprung)
    try {
      return await load()
    } finally {
      traps.remove()
    }
  }

  /** What is wrong with it whatever the seed. */
  readonly flaws = (): Flaw<CommonClaim>[] => {
    const [name] = this.#sprung.flat()
    const what = [
      ...(this.#door === undefined ? [] : [this.#door]),
      ...(name === undefined ? [] : [`as it is loaded, or with what it took aside then: ${used(name)}`]),
    ]
    return what.slice(0, 1).map((it) => ({ claim: 'no own clock, dice or I/O', what: `${this.#who}: ${it}` }))
  }
}
