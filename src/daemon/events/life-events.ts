/** What a daemon tells of its own life: that it starts and, to whom a watch begins for, what it is just then. */
import type { GossipNode } from '../../gossip/node.ts'
import { DEFAULT_KEY, type Value } from '../../gossip/value.ts'
import type { MembershipView } from '../../gossip/view/membership.ts'
import { type GossipEvent, keptOf } from '../../measure/event.ts'
import type { DaemonSettings } from '../settings.ts'
import type { EventBus } from './event-bus.ts'

interface LifeParts {
  readonly events: EventBus
  readonly settings: Pick<DaemonSettings, 'number' | 'period' | 'mayPick'>
  readonly node: GossipNode
  readonly view: MembershipView
}

export class LifeEvents {
  readonly #parts: LifeParts
  /** When it started, or was told to have. */
  #since: number

  constructor(parts: LifeParts) {
    this.#parts = parts
    this.#since = parts.events.now()
  }

  /** It starts, or what it was before is over: a recording must tell what it still holds, its number, and its peers. */
  started(held: readonly Value[]): void {
    const { events, view } = this.#parts
    this.#since = events.now()
    if (!events.isHeard) return
    events.tell(events.at(this.#since, 'started', { ...this.#about(held), ...this.#whole() }))
    for (const it of view.told()) events.emit('peer-up', { peer: String(it) })
  }

  /** What it is, for one that did not hear how it came to be so. */
  now(): readonly GossipEvent[] {
    const { events, view } = this.#parts
    const [first] = this.withoutPeers()
    const peers = view.told().map((it) => events.at(first.at, 'peer-up', { peer: String(it) }))
    return [{ ...first, ...this.#whole() }, ...peers]
  }

  /** The same where there is no room for the rows of its peers: it says that these are not all. */
  withoutPeers(): readonly [GossipEvent] {
    const { events, node } = this.#parts
    const about = { ...this.#about(node.values()), since: this.#since }
    return [events.at(events.now(), 'started', about)]
  }

  #about(held: readonly Value[]): Partial<GossipEvent> {
    const first = held.find(({ key }) => key === DEFAULT_KEY) ?? held[0]
    return { number: this.#parts.settings.number, ...(first && keptOf(first)) }
  }

  /** All peers that it may pick are told from then on, unless it may not pick every one. */
  #whole(): Partial<GossipEvent> {
    const { period, mayPick } = this.#parts.settings
    return mayPick === undefined ? { period } : {}
  }
}
