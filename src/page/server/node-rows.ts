/** What is told of nodes, and when it is worth telling. */
import type { NodeList, NodeRow } from '../wire.ts'

type Said = Pick<NodeRow, 'sent' | 'received' | 'updates' | 'ignored' | 'refused' | 'uptime'>

/** What a node says of what it has done; all zero where it says nothing. */
export function countersOf(said: Said | undefined): Said {
  return {
    sent: said?.sent ?? 0,
    received: said?.received ?? 0,
    updates: said?.updates ?? 0,
    ignored: said?.ignored ?? 0,
    refused: said?.refused ?? 0,
    uptime: said?.uptime ?? 0,
  }
}

/** But for the time that has passed. */
export function isSame({ nodes }: NodeList, { nodes: others }: NodeList): boolean {
  return nodes.length === others.length && nodes.every((row, i) => isSameRow(row, others[i]!))
}

function isSameRow(row: NodeRow, other: NodeRow): boolean {
  return (Object.keys(row) as (keyof NodeRow)[]).every((key) => key === 'uptime' || row[key] === other[key])
}
