/** Is a cluster one, whose nodes know only some of the others each? */

/**
 * Does a way lead from every node to every other, over whoever knows whom, in either direction?
 * @param peers of each node, by its address; those that are not among the nodes count as nobody
 */
export function isConnected(peers: ReadonlyMap<string, readonly string[]>): boolean {
  const links = new Map([...peers.keys()].map((it) => [it, new Set<string>()]))
  for (const [node, known] of peers) {
    for (const peer of known) {
      links.get(node)!.add(peer)
      links.get(peer)?.add(node)
    }
  }
  const [first] = links.keys()
  if (first === undefined) return true
  const reached = new Set([first])
  for (const node of reached) for (const peer of links.get(node)!) if (links.has(peer)) reached.add(peer)
  return reached.size === links.size
}
