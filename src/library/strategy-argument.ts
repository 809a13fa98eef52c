/** Which strategy: by its name, by its file, or the strategy itself. */
import { z } from 'zod'
import { type Protocol, protocol } from '../gossip/protocol.ts'
import type { GossipStrategy } from '../gossip/strategy.ts'
import { loadStrategy } from '../loader/load.ts'
import type { StrategyRef } from '../loader/population.ts'

/**
 * A strategy as `strategy({...})` makes it, whatever its options and messages are.
 * It is called `strategy` in results, unless it is given a name: `{ ...mine, name: 'mine' }`.
 */
export type StrategyObject = Pick<GossipStrategy, 'summary' | 'source'> & { readonly name?: string }

/**
 * A name (`'push'`; `gossip strategies` lists them), the path of a file that ends with `.ts` (it is compiled, for which
 * TypeScript must be installed), or a strategy itself, which runs in the thread that hands it in.
 */
export type WhichStrategy = string | StrategyObject

const NAME = /^[\w.-]{1,64}$/
const object = z.looseObject(
  {
    name: z.string().regex(NAME, 'must be letters, digits, "-", "_" and ".", at most 64').default('strategy'),
  },
  'must be the name of a strategy, the path of a .ts file, or what strategy({...}) makes',
)

/** As a part of a population, all of it so far. */
export const whichStrategy = z.unknown().transform((it, context): StrategyRef => {
  if (typeof it === 'string') return { name: it, weight: 1 }
  const parsed = object.safeParse(it)
  if (parsed.success) {
    const { name, ...definition } = parsed.data
    return { name, weight: 1, definition }
  }
  const { message, path } = parsed.error.issues[0]!
  context.addIssue({ code: 'custom', message, path: [...path] })
  return z.NEVER
})

/** Loads it, with these options. @throws {Error} one line */
export async function protocolOf(
  { name, definition }: StrategyRef,
  options: Readonly<Record<string, unknown>>,
): Promise<Protocol> {
  return definition === undefined ? loadStrategy(name, options) : protocol(name, definition, options)
}
