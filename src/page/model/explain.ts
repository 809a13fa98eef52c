/** Why a node has a value, or has not: how it came, or what became of every message that could have brought it. */
import type { NodeRow } from '../wire.ts'
import type { Flight } from './flights.ts'
import type { Change, Infection, Spread } from './spread.ts'
import { isUnnamed } from './value-id.ts'

export interface Why {
  readonly node: string
  readonly has: boolean
  /** From the node that a client gave it to, to this one; empty where it has not come. */
  readonly path: readonly Infection[]
  /** Messages to this node that carried the value. */
  readonly messages: readonly Flight[]
  /** Nodes that had it and sent messages, none of them to this one. */
  readonly passedOver: readonly string[]
  /** Nodes that had it and sent it to nobody at all. */
  readonly silent: readonly string[]
  /** It holds it, or held it, and nobody saw how it came. */
  readonly isUnseen: boolean
  /** Copies that it took after it had lost the first. */
  readonly again: readonly Infection[]
  /** When this node stopped, started and paused while the value spread. */
  readonly changes: readonly Pick<Change, 'is' | 'keeps' | 'at'>[]
  /** The newer version that it holds instead, if it does. */
  readonly newer: number | null
}

/** @param row what is known of the node just now */
export function why(spread: Spread, node: string, row?: NodeRow): Why {
  const messages = spread.flights.filter((it) => it.to === node)
  const senders = new Set(spread.flights.map((it) => it.from))
  const toIt = new Set(messages.map((it) => it.from))
  const others = [...spread.infections.keys(), ...spread.unseen].filter((it) => it !== node && !toIt.has(it))
  const has = spread.holders.has(node)
  return {
    node,
    has,
    path: pathTo(spread, node),
    messages,
    passedOver: others.filter((it) => senders.has(it)),
    silent: others.filter((it) => !senders.has(it)),
    isUnseen: spread.unseen.has(node),
    again: spread.taken.filter((it) => it.node === node && it.order !== spread.infections.get(node)?.order),
    changes: spread.changes.filter((it) => it.node === node && it.is !== 'found'),
    newer: !has && isUnnamed(spread) && (row?.timestamp ?? -1) > spread.timestamp ? row!.timestamp : null,
  }
}

/** Events that were lost on their way here could close a circle: no node comes twice. */
export function pathTo(spread: Spread, node: string): Infection[] {
  const path = new Set<Infection>()
  let at = spread.infections.get(node)
  while (at !== undefined && !path.has(at)) {
    path.add(at)
    at = at.from === null ? undefined : spread.infections.get(at.from)
  }
  return [...path].reverse()
}
