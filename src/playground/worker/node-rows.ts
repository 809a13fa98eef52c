/** How simulated nodes are, as a page lists them. */
import { excerpt } from '../../gossip/excerpt.ts'
import type { GossipEvent } from '../../measure/event.ts'
import type { NodeRow } from '../../page/wire.ts'
import type { World } from '../../simulation/world.ts'

const COUNTED = {
  sent: 'sent',
  received: 'received',
  updated: 'updates',
  ignored: 'ignored',
  refused: 'refused',
} as const

type Counts = { sent: number; received: number; updates: number; ignored: number; refused: number }

/** What each node has done since a run began. */
export class NodeCounts {
  readonly #of = new Map<string, Counts>()

  see({ event, node }: GossipEvent): void {
    const counted = COUNTED[event as keyof typeof COUNTED]
    if (counted !== undefined) this.of(node)[counted] += 1
  }

  of(address: string): Counts {
    const there = this.#of.get(address)
    if (there !== undefined) return there
    const none = { sent: 0, received: 0, updates: 0, ignored: 0, refused: 0 }
    this.#of.set(address, none)
    return none
  }
}

export function rowsOf(world: World, counts: NodeCounts): NodeRow[] {
  return Array.from({ length: world.count }, (_, number) => rowOf(world, counts, number))
}

function rowOf(world: World, counts: NodeCounts, number: number): NodeRow {
  const state = world.stateOf(number)
  const address = world.tracer.nameOf(number)
  const node = state === 'absent' ? undefined : world.node(number)
  const values = node?.values() ?? []
  const held = node?.get('')
  return {
    number,
    address,
    state,
    strategy: world.settings.population[0].protocol.name,
    value: typeof held?.value === 'string' ? excerpt(held.value) : null,
    timestamp: held?.timestamp ?? null,
    values: values.length,
    interested: node !== undefined && world.interest.isKnown ? node.interested : null,
    peers: world.views.findPeers
      ? world.views.peersOf(number).length
      : (world.graph?.neighbours(number).length ?? world.count - 1),
    ...counts.of(address),
    uptime: 0,
  }
}
