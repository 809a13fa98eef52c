/**
 * Follows by a run's events whom each node has as a peer. That is known of a node from a `started` with a `period` on:
 * where the recording of a node began later, or it tells of a peer twice, or drops one that it did not have, something
 * was missed.
 */
import type { GossipEvent } from '../event.ts'
import type { Overlay } from '../overlay.ts'

/** What is known of one name: that of a node, or only of somebody's peer. */
interface Known {
  readonly name: string
  /** That it started with. */
  number: number
  readonly peers: Set<Known>
  /** Are these all? */
  isWhole: boolean
  /** How many have it as a peer. */
  holders: number
}

/** Who may pick whom at one moment, among nodes that live. */
export interface Look {
  /** The live nodes, in the order of their numbers. */
  readonly names: readonly string[]
  readonly overlay: Overlay
  /** Peers of each, dead ones included. */
  readonly degrees: readonly number[]
  /** Has a live node that one as a peer? */
  readonly isKept: (name: string) => boolean
}

export class KnownPeers {
  readonly #known = new Map<string, Known>()

  /** Names that something is kept of. */
  get size(): number {
    return this.#known.size
  }

  see({ event, node, peer, number = 0, period }: GossipEvent): void {
    switch (event) {
      case 'started':
        this.#begin(node, number, period !== undefined)
        return
      case 'stopped':
        this.#begin(node, this.#known.get(node)?.number ?? 0, false)
        this.#forget(this.#known.get(node)!)
        return
      case 'peer-up':
        if (peer !== undefined) this.#up(this.#of(node), this.#of(peer))
        return
      case 'peer-down':
        if (peer !== undefined) this.#down(this.#of(node), this.#of(peer))
        return
      default:
    }
  }

  /**
   * @param live nodes
   * @param isNode was anything told by that one itself?
   * @returns undefined where there are none, or where it is not known of all nodes, all peers included
   */
  look(live: Iterable<string>, isNode: (name: string) => boolean): Look | undefined {
    const nodes: Known[] = []
    for (const name of live) {
      const it = this.#known.get(name)
      if (it === undefined || !it.isWhole) return undefined
      nodes.push(it)
    }
    if (nodes.length === 0) return undefined
    nodes.sort((a, b) => a.number - b.number || (a.name < b.name ? -1 : 1))
    const places = new Map(nodes.map((it, i) => [it, i]))
    const kept = new Set<string>()
    for (const { peers } of nodes) for (const { name } of peers) kept.add(name)
    for (const name of kept) if (!isNode(name)) return undefined
    return {
      names: nodes.map((it) => it.name),
      overlay: nodes.map(({ peers }) => [...peers].flatMap((it) => places.get(it) ?? [])),
      degrees: nodes.map((it) => it.peers.size),
      isKept: (name) => kept.has(name),
    }
  }

  #begin(name: string, number: number, isWhole: boolean): void {
    const it = this.#of(name)
    for (const peer of it.peers) this.#release(peer)
    it.peers.clear()
    it.number = number
    it.isWhole = isWhole
  }

  #up(it: Known, peer: Known): void {
    if (it.peers.has(peer)) it.isWhole = false
    else {
      it.peers.add(peer)
      peer.holders += 1
    }
  }

  #down(it: Known, peer: Known): void {
    if (it.peers.delete(peer)) this.#release(peer)
    else it.isWhole = false
    this.#forget(peer)
  }

  #release(peer: Known): void {
    peer.holders -= 1
    this.#forget(peer)
  }

  /** Of who is nobody's peer and has none nothing is kept: strangers can make up any number of names. */
  #forget(it: Known): void {
    if (it.holders === 0 && it.peers.size === 0 && !it.isWhole) this.#known.delete(it.name)
  }

  #of(name: string): Known {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const it: Known = { name, number: 0, peers: new Set(), isWhole: false, holders: 0 }
    this.#known.set(name, it)
    return it
  }
}
