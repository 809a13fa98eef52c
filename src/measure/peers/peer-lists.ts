/** An overlay as it is told: each node's peers by their numbers, in ranges, so that it is short also where all know all. */
import { numbersIn, ranges } from '../../network/number-ranges.ts'
import type { Overlay } from '../overlay.ts'

export interface PeersRow {
  readonly number: number
  /** Those among the nodes that have a row, by their numbers: "0-4, 7". */
  readonly peers: string
  /** How many others. */
  readonly others: number
}

/**
 * @param numbers of the overlay's nodes @param degrees of each, where it may also pick some that are none of these
 * @param most characters of all rows @returns undefined where it takes more
 */
export function peerRows(
  numbers: readonly number[],
  overlay: Overlay,
  degrees: readonly number[],
  most: number,
): PeersRow[] | undefined {
  const rows: PeersRow[] = []
  let length = 0
  for (const [i, peers] of overlay.entries()) {
    const sorted = Uint32Array.from(peers, (it) => numbers[it]!).sort()
    const row = { number: numbers[i]!, peers: ranges(sorted), others: degrees[i]! - peers.length }
    rows.push(row)
    length += row.peers.length
    if (length > most) return undefined
  }
  return rows
}

/** What `peerRows` wrote: of each row those that its node may pick, by their places among the rows. */
export function overlayIn(rows: readonly PeersRow[]): Overlay {
  const count = rows.reduce((most, { number }) => Math.max(most, number + 1), 0)
  const places = new Int32Array(count).fill(-1)
  for (const [i, { number }] of rows.entries()) places[number] = i
  return rows.map((it) => {
    const peers: number[] = []
    for (const number of numbersIn(it.peers, count)) if (places[number]! >= 0) peers.push(places[number]!)
    return peers
  })
}
