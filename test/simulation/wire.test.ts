/** A simulated run in which every message is encoded as on the wire, and parsed again: nothing gets lost on it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseLine } from '../../src/daemon/wire.ts'
import {
  isValues,
  type Message,
  type OwnMessage,
  type ValueMessage,
  type ValuesMessage,
} from '../../src/gossip/message.ts'
import type { Address } from '../../src/gossip/strategy.ts'
import { nameOf } from '../../src/simulation/naming.ts'
import type { SimulationSettings } from '../../src/simulation/settings.ts'
import { World } from '../../src/simulation/world.ts'
import flood from '../../src/strategy/flood.ts'
import gossipsub from '../../src/strategy/gossipsub.ts'
import medianCounter from '../../src/strategy/median-counter.ts'
import plumtree from '../../src/strategy/plumtree.ts'
import pull from '../../src/strategy/pull.ts'
import push from '../../src/strategy/push.ts'
import pushPull from '../../src/strategy/push-pull.ts'
import pushSum from '../../src/strategy/push-sum.ts'
import rumor from '../../src/strategy/rumor.ts'
import { lineOf } from '../daemon/line-of.ts'
import { heartbeats } from '../daemon/node.ts'
import { settings } from './settings.ts'

class WiredWorld extends World {
  override send(from: number, to: number, message: Message): void {
    super.send(from, to, isValues(message) ? this.#severalWired(from, message) : this.#wired(from, message))
  }

  /** As many lines, that leave at one moment. */
  #severalWired(from: number, message: ValuesMessage): ValuesMessage {
    return { ...message, values: message.values.map((it) => this.#wired(from, it) as ValueMessage) }
  }

  #wired(from: number, message: ValueMessage | OwnMessage): ValueMessage | OwnMessage {
    const line = lineOf(nameOf(from) as Address, message)
    assert.equal(line.indexOf('\n'), line.length - 1)
    const request = parseLine(line, this.settings.population[0].protocol, heartbeats())
    assert.ok(request.kind === 'gossip' && request.from === nameOf(from))
    return request.message
  }
}

function run(kind: typeof World, given: SimulationSettings) {
  const world = new kind(given)
  world.startAll()
  world.propagate(0, 'a value, "quoted",\nof two lines: äöü 你好 🎉')
  world.time.run(() => world.isDone, 20_000)
  return world.record.figures(world.infected, world.live)
}

const strategies = { flood, gossipsub, medianCounter, plumtree, pull, push, pushPull, pushSum, rumor }
for (const [name, strategy] of Object.entries(strategies)) {
  test(`when messages of ${name} go over the wire then the run is the same`, () => {
    const given = settings(strategy, {}, { loss: 0.05, duplicate: 0.05 })
    assert.deepEqual(run(WiredWorld, given), run(World, given))
  })
}
