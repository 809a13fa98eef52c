/** Of which kind a protocol's file is, by what it imports. */
import type { Kind } from '../../gossip/strategy-error.ts'

const IS_MEMBERSHIP =
  /^\s*import\s[^'"]*\sfrom\s*['"](?:gossip|(?:\.{1,2}\/)+(?:src\/)?gossip)\/membership(?:\.ts)?['"]/m

/** @param text of the file; one that imports neither is taken for a strategy's */
export function kindIn(text: string): Kind {
  return IS_MEMBERSHIP.test(text) ? 'membership' : 'strategy'
}
