/** Whom nodes may pick, for a page: looked at every few seconds, and only where that has changed. */
import { performance } from 'node:perf_hooks'
import type { GossipEvent } from '../../measure/event.ts'
import { overlayOf } from '../../measure/overlay.ts'
import { peerRows } from '../../measure/peers/peer-lists.ts'
import type { Peers } from '../wire.ts'

/** Ms between two looks; and how much longer it waits than the last one took: of many nodes with many peers it is work. */
const EVERY_MS = 3000
const SHARE = 50
/** Characters: 1,000 nodes with 200 peers each. */
export const MAX_TEXT = 1_000_000
const TELLING: ReadonlySet<string> = new Set(['peer-up', 'peer-down', 'started', 'stopped'])

/** Are some node's peers others after it? */
export function tellsPeers({ event }: GossipEvent): boolean {
  return TELLING.has(event)
}

export interface NodeWithPeers {
  readonly number: number
  readonly address: string
  /** Addresses. */
  readonly peers: readonly string[]
}

export class PeersTeller {
  readonly #nodes: () => readonly NodeWithPeers[]
  #isStale = true
  #told: Peers = { kind: 'peers', nodes: [] }
  #mayLookAt = Number.NEGATIVE_INFINITY

  /** @param nodes those that live */
  constructor(nodes: () => readonly NodeWithPeers[]) {
    this.#nodes = nodes
  }

  changed(): void {
    this.#isStale = true
  }

  /** For one that comes now. @param areOthers do others listen, who are told all that is new? */
  now(areOthers: boolean): Peers {
    return (areOthers ? undefined : this.look()) ?? this.#told
  }

  /** Undefined where nothing has changed since the last time, or that was just now. */
  look(): Peers | undefined {
    const began = performance.now()
    if (!this.#isStale || began < this.#mayLookAt) return undefined
    this.#isStale = false
    this.#told = { kind: 'peers', nodes: rowsOf(this.#nodes()) }
    const ended = performance.now()
    this.#mayLookAt = ended + Math.max(EVERY_MS, SHARE * (ended - began))
    return this.#told
  }
}

function rowsOf(nodes: readonly NodeWithPeers[]): Peers['nodes'] {
  const overlay = overlayOf(new Map(nodes.map((it) => [it.address, it.peers])))
  const [numbers, degrees] = [nodes.map((it) => it.number), nodes.map((it) => it.peers.length)]
  return peerRows(numbers, overlay, degrees, MAX_TEXT) ?? null
}
