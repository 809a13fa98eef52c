/** Tells a page of a simulation what a live page is told of a cluster, a part at a time. */
import type { GossipEvent } from '../../measure/event.ts'
import { CALM } from '../../page/model/network-state.ts'
import { networkNow } from '../../page/network-now.ts'
import { MAX_DRAWN, type Network, type ServerMessage } from '../../page/wire.ts'
import { WORDS } from '../../scenario/scenario.ts'
import type { Run } from '../../simulation/run.ts'
import type { World } from '../../simulation/world.ts'
import { courseOf } from './course.ts'
import { NodeCounts, rowsOf } from './node-rows.ts'
import { peersOf } from './overlay.ts'

/** Events of one run that a page is told: what is more it only counts. */
const MAX_EVENTS = 300_000
/** Ms between two looks at how the nodes are. */
const LOOK_MS = 250

export class Teller {
  readonly #tell: (message: ServerMessage) => void
  readonly #counts = new NodeCounts()
  readonly #isDrawn: boolean
  #events: GossipEvent[] = []
  #told = 0
  #dropped = 0
  #lookedAt = Number.NEGATIVE_INFINITY
  #rows = ''
  #network = ''

  constructor(nodes: number, tell: (message: ServerMessage) => void) {
    this.#isDrawn = nodes <= MAX_DRAWN
    this.#tell = tell
  }

  /** To be shown every event; undefined where nobody looks at each. */
  get trace(): ((event: GossipEvent) => void) | undefined {
    return this.#isDrawn ? (it) => this.#see(it) : undefined
  }

  /** What a page knew before it forgets. */
  begin(title: string, period: number | null): void {
    this.#tell({ kind: 'hello', source: 'simulation', can: this.#isDrawn ? WORDS : [], title, period })
    this.#tell(CALM)
  }

  /** What has happened until now is past: a page does not show each message of it on its way. */
  past(run: Run): void {
    this.#tell(rowsMessage(run.world, this.#counts))
    const events = this.#events
    this.#events = []
    this.#tell({ kind: 'past', live: [], down: [], paused: [], network: null, events, counted: [] })
    this.look(run, true)
  }

  /** @param isDue is it told now, however short a time ago it was told last? */
  look(run: Run, isDue = false): void {
    if (this.#events.length > 0) {
      const events = this.#events
      this.#events = []
      this.#tell({ kind: 'events', events, dropped: this.#dropped })
    }
    const now = performance.now()
    if (!isDue && now - this.#lookedAt < LOOK_MS) return
    this.#lookedAt = now
    if (this.#isDrawn) this.#nodes(run.world)
    else this.#tell({ kind: 'summary', nodes: run.world.count, spreads: [courseOf(run)], overlay: {} })
  }

  #nodes(world: World): void {
    const rows = rowsMessage(world, this.#counts)
    const text = JSON.stringify(rows)
    if (text !== this.#rows) {
      this.#tell(rows)
      const peers = peersOf(world)
      if (peers !== undefined) this.#tell(peers)
    }
    this.#rows = text
    const network = networkOf(world)
    const now = JSON.stringify(network)
    if (now !== this.#network) this.#tell(network)
    this.#network = now
  }

  #see(event: GossipEvent): void {
    this.#counts.see(event)
    this.#told += 1
    if (this.#told <= MAX_EVENTS) this.#events.push(event)
    else this.#dropped += 1
  }
}

function rowsMessage(world: World, counts: NodeCounts): ServerMessage {
  return { kind: 'nodes', nodes: rowsOf(world, counts) }
}

function networkOf({ network, changedLatency, time }: World): Network {
  const { loss, duplicate } = network
  return networkNow({
    ...network.state,
    ...{ loss, duplicate, latency: changedLatency, slowness: time.slowness },
  })
}
