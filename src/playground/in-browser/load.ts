/** In the place of `loader/load.ts`: a browser has no files, but the protocols that were bundled, and the reader's own. */
import { membershipProtocol, protocol } from '../../gossip/protocol.ts'
import type { Kind } from '../../gossip/strategy-error.ts'
import type * as loader from '../../loader/load.ts'
import { quoted } from '../../text/quoted.ts'
import { type Bundled, protocols } from './protocols.ts'

type Loader = typeof loader

export const DEFAULT_MEMBERSHIP: Loader['DEFAULT_MEMBERSHIP'] = 'heartbeat'

/** Files of the reader's own, by name. */
const own = new Map<string, Bundled>()

/** @param name of a file, such as mine.ts */
export function addOwn(name: string, it: Bundled): void {
  own.set(name, it)
}

function namesOf(kind: Kind): string[] {
  return Object.keys(protocols[kind]).sort()
}

export const strategyNames: Loader['strategyNames'] = () => namesOf('strategy')
export const membershipNames: Loader['membershipNames'] = () => namesOf('membership')
export const locateStrategy: Loader['locateStrategy'] = (which) => locate('strategy', which)
export const locateMembership: Loader['locateMembership'] = (which) => locate('membership', which)

function locate(kind: Kind, which: string): loader.Located {
  if (own.has(which)) return { name: which.replace(/\.ts$/, ''), source: which, file: which }
  if (Object.hasOwn(protocols[kind], which))
    return { name: which, source: `src/${kind}/${which}.ts`, file: `${kind}/${which}` }
  throw new Error(`no ${kind} ${quoted(which)}; there are: ${namesOf(kind).join(', ')}`)
}

function bundled({ file }: Pick<loader.Located, 'file'>): Bundled {
  const [kind, name] = file.split('/') as [Kind, string]
  return own.get(file) ?? protocols[kind][name]!
}

export const digestOf: Loader['digestOf'] = (it) => bundled(it).digest

export const loadLocated: Loader['loadLocated'] = async (it, options = {}) =>
  ready(it, () => protocol(it.name, bundled(it).definition, options))

export const loadLocatedMembership: Loader['loadLocatedMembership'] = async (it, options = {}) =>
  ready(it, () => membershipProtocol(it.name, bundled(it).definition, options))

/** What is wrong in a file is told with its name, what is wrong with its options as it is. */
function ready<T extends object>(it: loader.Located, act: () => T): T {
  const { placeOf } = bundled(it)
  try {
    return placeOf === undefined ? act() : { ...act(), placeOf }
  } catch (error) {
    const { message } = error as Error
    throw message.startsWith('options') ? error : new Error(`${it.source}: ${message}`)
  }
}
