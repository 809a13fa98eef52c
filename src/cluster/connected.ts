/** Is a cluster one, whose nodes know only some of the others each? */
import { components, overlayOf, undirected } from '../measure/overlay.ts'

/**
 * Does a way lead from every node to every other, over whoever knows whom, in either direction?
 * @param peers of each node, by its address; those that are not among the nodes count as nobody
 */
export function isConnected(peers: ReadonlyMap<string, readonly string[]>): boolean {
  return components(undirected(overlayOf(peers))) <= 1
}
