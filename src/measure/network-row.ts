/** The network's state, as it is recorded. */
import { ranges } from '../network/ranges.ts'
import type { NetworkRow } from './event.ts'

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

/** @param latency as it is typed */
export function networkRow(
  { groups, opened, cuts, loss, duplicate }: State,
  latency: string | null,
): NetworkRow {
  return {
    groups: groups?.map(inOrder) ?? null,
    opened: opened.map(inWords),
    cuts: cuts.map(inWords),
    loss,
    duplicate,
    latency,
  }
}

function inWords({ from, to }: Way): { from: string; to: string } {
  return { from: inOrder(from), to: inOrder(to) }
}

function inOrder(numbers: Iterable<number>): string {
  return ranges([...numbers].sort((a, b) => a - b))
}
