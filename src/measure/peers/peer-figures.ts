/** Figures of the overlay out of recorded events, as a simulated run with a membership has them. */
import { Detection, type DetectionFigures } from '../detection.ts'
import type { GossipEvent } from '../event.ts'
import { overlayFigures } from '../overlay.ts'
import type { RunResult } from '../result.ts'
import { KnownPeers, type Look } from './known-peers.ts'

export type PeerMeasures = Pick<RunResult, 'overlay' | 'detection'>

/** Nodes have so many to find each other before it counts whom they drop. */
const FIRST_PERIODS = 3
const NOBODY = -1
const TELLING: ReadonlySet<string> = new Set(['started', 'stopped', 'peer-up', 'peer-down'])

export class PeerFigures {
  /** Of the nodes that told of themselves. */
  readonly #numbers = new Map<string, number>()
  readonly #peers = new KnownPeers()
  readonly #detection = new Detection()
  readonly #dead = new Map<number, string>()
  /** Who left in good order: to drop it is no false alarm, and it has not died. */
  readonly #left = new Set<string>()
  #period: number | undefined
  #since: number | undefined

  /** @param it of its node not earlier than the one before */
  see(it: GossipEvent): void {
    const { event, node, peer, at } = it
    this.#since ??= at
    if (!TELLING.has(event)) return
    if (!this.#numbers.has(node)) this.#numbers.set(node, this.#numbers.size)
    if (event === 'started') this.#started(it)
    else if (event === 'stopped') this.#stopped(it)
    else if (event === 'peer-down' && peer !== undefined) this.#dropped(peer, at)
    this.#peers.see(it)
    if (this.#period !== undefined && at < this.#since + FIRST_PERIODS * this.#period)
      this.#detection.forget()
  }

  /** Of these nodes as they are now; undefined where that is not known. */
  look(live: Iterable<string>): Look | undefined {
    if (this.#period === undefined) return undefined
    return this.#peers.look(live, (it) => this.#numbers.has(it))
  }

  /** @param look of the live nodes as the run ended @param at when it did */
  figures(look: Look | undefined, at: number): PeerMeasures {
    if (look === undefined) return {}
    const detection = this.detection(look, at)
    return {
      overlay: overlayFigures(look.overlay, evenly(), look.degrees),
      ...(detection && { detection }),
    }
  }

  /** As for `figures`; undefined where nobody died. */
  detection({ names, isKept }: Look, at: number): DetectionFigures | undefined {
    const period = this.#period!
    return this.#detection.figures(
      (node) => isKept(this.#dead.get(node)!),
      period,
      names.length,
      Math.max(0, at - this.#since! - FIRST_PERIODS * period) / period,
    )
  }

  #started({ node, period }: GossipEvent): void {
    this.#period ??= period
    const number = this.#numbers.get(node)!
    this.#left.delete(node)
    this.#dead.delete(number)
    this.#detection.started(number)
  }

  #stopped({ node, at, how }: GossipEvent): void {
    if (how !== 'killed') {
      this.#left.add(node)
      return
    }
    const number = this.#numbers.get(node)!
    this.#dead.set(number, node)
    this.#detection.died(number, at)
  }

  #dropped(peer: string, at: number): void {
    if (!this.#left.has(peer)) this.#detection.dropped(this.#numbers.get(peer) ?? NOBODY, at)
  }
}

/** Numbers in [0, 1) that lie evenly, for the nodes of a very large overlay from which ways are measured: no dice. */
function evenly(): () => number {
  let at = 0
  return () => {
    at = (at + (Math.sqrt(5) - 1) / 2) % 1
    return at
  }
}
