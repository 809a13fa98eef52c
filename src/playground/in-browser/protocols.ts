/** The protocols that ship. Bundling fills this in: here is only what it looks like. */

export interface Bundled {
  /** What its file exports by default. */
  readonly definition: unknown
  /** Of what the compiler made of it: an experiment is named after that. */
  readonly digest: string
  /** Where in its source an error came from, of the reader's own. */
  readonly placeOf?: (error: unknown) => string | undefined
}

/** By kind and name. */
export const protocols: Readonly<Record<'strategy' | 'membership', Readonly<Record<string, Bundled>>>> = {
  strategy: {},
  membership: {},
}
