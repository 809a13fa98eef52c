/** What the compiler says of a file. */
import type { Kind } from '../../gossip/strategy-error.ts'

/** One fault in a source. */
export interface Fault {
  /** From 1 on. */
  readonly line: number
  /** From 1 on. */
  readonly column: number
  /** One line. */
  readonly text: string
}

/** What a file becomes. */
export interface Code {
  /** JavaScript for `link`, with its source map at its end. */
  readonly code: string
  readonly kind: Kind
}

/** The code; or what is wrong, the first in the text first. */
export type Compiled = Code | { readonly faults: readonly Fault[] }
