/** What a node may know of how far another is. */
import { type Latency, meanLatency } from '../latency.ts'
import type { Distances } from '../regions/regions.ts'

/**
 * Ms there and back between two nodes, in the mean: of a message that waits for nothing, and so without the time on links,
 * and without what the other needs to handle it.
 * @param distances between regions, if there are some
 */
export function roundTrip(
  { distances, latency }: { readonly distances: Distances | undefined; readonly latency: Latency },
  node: number,
  peer: number,
): number {
  const apart = distances === undefined ? 0 : distances.between(node, peer) + distances.between(peer, node)
  return apart + 2 * meanLatency(latency)
}
