/** Whom simulated nodes may pick, as a page is told it. */
import { peerRows } from '../../measure/peers/peer-lists.ts'
import type { Peers } from '../../page/wire.ts'
import { look } from '../../simulation/membership/overlay.ts'
import type { World } from '../../simulation/world.ts'

/** Characters. */
const MAX_TEXT = 1_000_000

/** Undefined where everyone may pick anyone. */
export function peersOf(world: World): Peers | undefined {
  const { graph, findPeers } = world.views
  if (graph === undefined && !findPeers) return undefined
  const live = Array.from({ length: world.count }, (_, i) => i).filter((it) => world.isLive(it))
  if (findPeers) {
    const { overlay, degrees } = look(world)
    return { kind: 'peers', nodes: peerRows(live, overlay, [...degrees], MAX_TEXT) ?? null }
  }
  const places = new Map(live.map((it, i) => [it, i]))
  const overlay = live.map((it) => [...graph!.neighbours(it)].flatMap((peer) => places.get(peer) ?? []))
  return {
    kind: 'peers',
    nodes:
      peerRows(
        live,
        overlay,
        overlay.map((it) => it.length),
        MAX_TEXT,
      ) ?? null,
  }
}
