/** The reader's own file: its text, and what the compiler says of it. What that takes is loaded when it is first needed. */

import type { Kind } from '../../gossip/strategy-error.ts'
import type { Compiled, Fault } from '../compiler/compiled.ts'
import type { Compiler } from '../compiler/compiler.ts'
import type { OwnFile } from '../wire.ts'

/** Ms of rest after a key until the file is compiled. */
const REST_MS = 500

export class Editing {
  isOpen = false
  name = ''
  /** How many files it has held: another one of the same name is another one. */
  count = 0
  source = ''
  /** Did it come from a link, and has nobody allowed it to run yet? */
  isForeign = false
  faults: readonly Fault[] = []
  /** As it was compiled last without a fault. */
  own: OwnFile | null = null
  #compiler: Compiler | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #changed: () => void
  readonly #compiled: (own: OwnFile) => void

  /** @param compiled told of a file that can be run */
  constructor(changed: () => void, compiled: (own: OwnFile) => void) {
    this.#changed = changed
    this.#compiled = compiled
  }

  get compiler(): Promise<Compiler> {
    return (async () => {
      const { openCompiler } = await import('../compiler/compiler.ts')
      this.#compiler ??= openCompiler(new URL('compiler.js', import.meta.url))
      return this.#compiler
    })()
  }

  /** Begins with a protocol that ships. */
  async edit(kind: Kind, name: string): Promise<void> {
    const { sources } = await import('./sources.ts')
    this.take(`my-${name}.ts`, sources[`${kind}/${name}`] ?? '')
    this.isOpen = true
    this.#changed()
  }

  take(name: string, source: string, isForeign = false): void {
    this.name = name
    this.count += 1
    this.source = source
    this.isForeign = isForeign
    this.faults = []
    this.own = null
    this.#changed()
  }

  /** What is typed is compiled when one rests. */
  typed(source: string): void {
    this.source = source
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.compile(), REST_MS)
  }

  /** @returns can it be run? */
  async compile(): Promise<boolean> {
    clearTimeout(this.#timer)
    const { source, name } = this
    const compiled = await this.#said(source, name)
    // Somebody types on.
    if (source !== this.source) return false
    this.faults = 'faults' in compiled ? compiled.faults : []
    this.own = 'faults' in compiled ? this.own : { ...compiled, name }
    this.#changed()
    if ('faults' in compiled || this.own === null) return false
    this.#compiled(this.own)
    return true
  }

  async #said(source: string, name: string): Promise<Compiled> {
    try {
      return await (await this.compiler).compile(source, name)
    } catch (error) {
      return { faults: [{ line: 1, column: 1, text: (error as Error).message }] }
    }
  }
}
