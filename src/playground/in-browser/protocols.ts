/** The protocols that ship. Bundling fills this in: here is only what it looks like. */

export interface Bundled {
  /** What its file exports by default. */
  readonly definition: unknown
  /** What the compiler made of it: an experiment is named after that. */
  readonly code: string
}

/** By kind and name. */
export const protocols: Readonly<Record<'strategy' | 'membership', Readonly<Record<string, Bundled>>>> = {
  strategy: {},
  membership: {},
}
