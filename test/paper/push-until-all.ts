/** Push in the papers' rounds: everyone who knows tells one other each round, until an onlooker sees all know. */
import assert from 'node:assert/strict'
import type { Figures } from '../../src/measure/figures.ts'
import { World } from '../../src/simulation/world.ts'
import rumor from '../../src/strategy/rumor.ts'
import { settings } from '../simulation/settings.ts'

const FOREVER = { direction: 'push', feedback: false, counter: true, k: 1_000_000 }

export function pushUntilAll(nodes: number, run: number): Figures {
  const world = new World(settings(rumor, FOREVER, { rounds: true, nodes, run }))
  world.startAll()
  world.propagate(0, 'value')
  world.time.run(() => world.infected === world.live, 1000)
  assert.equal(world.infected, world.live)
  return world.record.figures(world.infected, world.live)
}
