/** A membership, found and with its options, so that another thread can load it too. */
import { type Located, loadLocatedMembership, locateMembership } from './load.ts'

export interface LocatedMembership {
  readonly membership: Located
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * @param which a name, or a path that ends with .ts
 * @throws {Error} one line: no such membership, a fault in its file, or an option that it lacks or with a wrong value
 */
export async function membershipOf(
  which: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<LocatedMembership> {
  const membership = locateMembership(which)
  await loadLocatedMembership(membership, options)
  return { membership, options }
}
