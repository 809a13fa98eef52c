/** The network's state, as it is recorded. */
import type { Slowness } from '../network/cost/slowness.ts'
import { numbersIn, ranges } from '../network/number-ranges.ts'
import type { NetworkRow } from './event.ts'

/** The node of events that are of no single one. */
export const NO_NODE = 'network'

interface State {
  readonly groups: readonly (readonly number[])[] | null
  readonly opened: readonly Way[]
  readonly cuts: readonly Way[]
  readonly loss: number
  readonly duplicate: number
}

interface Way {
  readonly from: Iterable<number>
  readonly to: Iterable<number>
}

/** @param latency as it is typed @param slowness of the nodes */
export function networkRow(
  { groups, opened, cuts, loss, duplicate }: State,
  latency: string | null,
  slowness: Slowness,
): NetworkRow {
  const slow = slowness.told
  return {
    groups: groups?.map(inOrder) ?? null,
    opened: opened.map(inWords),
    cuts: cuts.map(inWords),
    loss,
    duplicate,
    latency,
    ...(slow && { slow }),
  }
}

/** The nodes' numbers again, those below `count`. */
export function networkIn(
  { groups, opened, cuts, ...rest }: NetworkRow,
  count: number,
): Omit<NetworkRow, 'groups' | 'opened' | 'cuts'> & {
  readonly groups: readonly (readonly number[])[] | null
  readonly opened: readonly NumberedWay[]
  readonly cuts: readonly NumberedWay[]
} {
  const numbers = (text: string): number[] => numbersIn(text, count)
  const way = ({ from, to }: { from: string; to: string }) => ({ from: numbers(from), to: numbers(to) })
  return { ...rest, groups: groups?.map(numbers) ?? null, opened: opened.map(way), cuts: cuts.map(way) }
}

interface NumberedWay {
  readonly from: readonly number[]
  readonly to: readonly number[]
}

function inWords({ from, to }: Way): { from: string; to: string } {
  return { from: inOrder(from), to: inOrder(to) }
}

function inOrder(numbers: Iterable<number>): string {
  return ranges([...numbers].sort((a, b) => a - b))
}
