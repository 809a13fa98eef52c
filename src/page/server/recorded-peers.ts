/** Whom each node of a recording could pick in the end, and when it was noticed that nodes had died. */
import type { GossipEvent } from '../../measure/event.ts'
import type { Look } from '../../measure/peers/known-peers.ts'
import { PeerFigures } from '../../measure/peers/peer-figures.ts'
import { peerRows } from '../../measure/peers/peer-lists.ts'
import type { Peers } from '../wire.ts'
import { MAX_TEXT } from './peers-teller.ts'

export class RecordedPeers {
  readonly #figures = new PeerFigures()
  #look: Look | undefined
  #at = 0

  see(event: GossipEvent): void {
    this.#figures.see(event)
  }

  /** Should nothing follow but that the others leave, too, it ends as it is now. */
  keep(live: Iterable<string>, at: number): void {
    this.#look = this.#figures.look(live)
    this.#at = at
  }

  /** @param addresses of all nodes, in the order of their numbers @returns undefined where it is not known */
  told(addresses: readonly string[]): Peers | undefined {
    const look = this.#look
    if (look === undefined) return undefined
    const places = new Map(addresses.map((it, i) => [it, i]))
    const numbers = look.names.map((it) => places.get(it)!)
    const nodes = peerRows(numbers, look.overlay, look.degrees, MAX_TEXT) ?? null
    const detection = this.#figures.detection(look, this.#at)
    return { kind: 'peers', nodes, ...(detection && { detection }) }
  }
}
