/** What is told of nodes, and when it is worth telling. */
import type { NodeRow, Rows } from '../wire.ts'

/** Characters of a value that a row shows: a thousand nodes may hold long ones. */
export const MAX_SHOWN = 256

export function shownValue(value: string | null): string | null {
  return value !== null && value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN - 1)}…` : value
}

/** But for the time that has passed. */
export function isSame({ nodes }: Rows, { nodes: others }: Rows): boolean {
  return nodes.length === others.length && nodes.every((row, i) => isSameRow(row, others[i]!))
}

function isSameRow(row: NodeRow, other: NodeRow): boolean {
  return (Object.keys(row) as (keyof NodeRow)[]).every((key) => key === 'uptime' || row[key] === other[key])
}
