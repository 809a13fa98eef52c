/** Can a message get from one node to another? */
import type { Network } from '../wire.ts'

/** @param from @param to nodes' numbers */
export function isOpen({ groups, opened, cuts }: Network, from: number, to: number): boolean {
  const isIn = (ways: Network['cuts']): boolean =>
    ways.some((it) => it.from.includes(from) && it.to.includes(to))
  if (isIn(cuts)) return false
  return groups === null || groupOf(groups, from) === groupOf(groups, to) || isIn(opened)
}

/** Those that are in none form one more. */
function groupOf(groups: readonly (readonly number[])[], node: number): number {
  return groups.findIndex((it) => it.includes(node))
}
