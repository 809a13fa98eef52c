/** Figures of who could pick whom, and of how the dead were noticed, as a run ends. */
import { numberOf } from '../../gossip/view/node-number.ts'
import { type Overlay, overlayFigures } from '../../measure/overlay.ts'
import type { RunResult } from '../../measure/result.ts'
import { randomStream } from '../random.ts'
import type { SimulationSettings } from '../settings.ts'
import type { World } from '../world.ts'

/** Nothing without a membership. @param since when the run began, in ms */
export function overlayOf(
  world: World,
  { members, seed, run, period }: SimulationSettings,
  since: number,
): Pick<RunResult, 'membership' | 'overlay' | 'detection'> {
  if (members === undefined) return {}
  if (world.live === 0) return { membership: members.name }
  const dice = randomStream(seed, run, 'overlay')
  const { overlay, degrees, isKept } = look(world)
  const detection = world.views.detection.figures(
    isKept,
    period,
    world.live,
    (world.time.now - since) / period,
  )
  return {
    membership: members.name,
    overlay: overlayFigures(overlay, () => dice.random(), degrees),
    ...(detection && { detection }),
  }
}

/** Who may pick whom now, among those that live. */
export function look(world: World): {
  readonly overlay: Overlay
  readonly degrees: readonly number[]
  readonly isKept: (node: number) => boolean
} {
  const live = Array.from({ length: world.count }, (_, i) => i).filter((it) => world.isLive(it))
  const places = new Map(live.map((it, i) => [it, i]))
  const kept = new Set<number>()
  const degrees: number[] = []
  const overlay = live.map((it) => {
    const peers = world.views.peersOf(it).map(numberOf)
    for (const peer of peers) kept.add(peer)
    degrees.push(peers.length)
    return peers.flatMap((peer) => places.get(peer) ?? [])
  })
  return { overlay, degrees, isKept: (node) => kept.has(node) }
}
