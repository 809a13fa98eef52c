/** A simulated cluster on a membership, left alone for some periods. */
import { membershipProtocol } from '../../src/gossip/protocol.ts'
import { strategy } from '../../src/gossip/strategy.ts'
import { type OverlayFigures, overlayFigures } from '../../src/measure/overlay.ts'
import { look } from '../../src/simulation/membership/overlay.ts'
import { World } from '../../src/simulation/world.ts'
import { dice } from '../gossip/dice.ts'
import { type Given, settings } from '../simulation/settings.ts'

export const PERIOD = 10_000
/** For who looks at the membership only. */
export const SILENT = strategy({ summary: 'Says nothing.' })

export class OnMembership {
  readonly world: World
  readonly random: () => number

  constructor(membership: unknown, theStrategy: unknown, given: Given = {}, options = {}) {
    const members = membershipProtocol('tested', membership, options)
    this.world = new World(settings(theStrategy, {}, { members, period: PERIOD, ...given }))
    this.random = dice(given.seed ?? 1)
    this.world.startAll()
  }

  pass(periods: number): void {
    this.world.time.run(() => false, this.world.time.now + periods * PERIOD)
  }

  overlay(): OverlayFigures {
    const { overlay, degrees } = look(this.world)
    return overlayFigures(overlay, this.random, degrees)
  }

  /** Links to dead ones that live nodes still have. */
  get deadLinks(): number {
    const { overlay, degrees } = look(this.world)
    return degrees.reduce((sum, it) => sum + it, 0) - overlay.flat().length
  }

  /** That share of the nodes dies at once, but never the first. */
  kill(share: number): void {
    for (let i = 1; i < this.world.count; i++) if (this.random() < share) this.world.kill(i)
  }

  /** A value at any live node, and so many periods for it. @returns payloads that were sent */
  broadcast(periods: number): number {
    const { world } = this
    let from: number
    do from = Math.floor(this.random() * world.count)
    while (!world.isLive(from))
    world.propagate(from, `at ${world.time.now}`)
    this.pass(periods)
    return Math.round(world.record.figures(world.infected, world.live).traffic * world.count)
  }
}
