/** Leitao, Pereira, Rodrigues 2007, "Epidemic broadcast trees": 10,000 nodes, latency 1 to 10 ms. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from '../../src/simulation/world.ts'
import plumtree from '../../src/strategy/plumtree.ts'
import { dice } from '../gossip/dice.ts'
import { settings } from '../simulation/settings.ts'

const NODES = 10_000
const PERIOD = 10_000
const BEYOND_A_PERIOD = 20_000
/** Broadcasts that prune the first random links to a tree. */
const TO_PRUNE = 3
/** Broadcasts that mend and prune it again after a third of the nodes are gone; 4 were seen, with 10 seeds. */
const TO_MEND = 5

function begin(seed: number, loss = 0): World {
  const world = new World(settings(plumtree, {}, { nodes: NODES, seed, loss, period: PERIOD }))
  world.startAll()
  return world
}

/** One broadcast and what follows from it. @returns payloads sent */
function broadcast(world: World, from: number): number {
  world.propagate(from, `from ${from}`)
  world.time.run(() => world.infected === world.live, world.time.now + 100 * PERIOD)
  world.time.run(() => false, world.time.now + BEYOND_A_PERIOD)
  return Math.round(world.record.figures(world.infected, world.live).traffic * NODES)
}

function anyLive(world: World, random: () => number): number {
  for (;;) {
    const index = Math.floor(random() * NODES)
    if (world.isLive(index)) return index
  }
}

for (const seed of [1, 2, 3]) {
  test(`Leitao 2007, section 3: when links are pruned then it is a tree, and when 30% die it mends; seed ${seed}`, (t) => {
    const world = begin(seed)
    const random = dice(seed)

    for (let i = 0; i < TO_PRUNE; i++) {
      broadcast(world, anyLive(world, random))
      assert.equal(world.infected, NODES)
    }
    // Relative message redundancy 0: each node but the origin is sent the payload once.
    for (let i = 0; i < 3; i++) {
      const payloads = broadcast(world, anyLive(world, random))
      assert.deepEqual({ infected: world.infected, payloads }, { infected: NODES, payloads: NODES - 1 })
    }

    for (let i = 0; i < NODES; i++) if (random() < 0.3) world.kill(i)
    const more = Array.from({ length: TO_MEND }, () => {
      const payloads = broadcast(world, anyLive(world, random))
      assert.equal(world.infected, world.live, 'a survivor was left out')
      return payloads - (world.live - 1)
    })
    t.diagnostic(`${world.live} survivors; payloads beyond a tree: ${more.join(', ')}`)
    const payloads = broadcast(world, anyLive(world, random))
    assert.deepEqual(
      { infected: world.infected, payloads },
      { infected: world.live, payloads: world.live - 1 },
    )
  })
}

test('Leitao 2007, section 3: when 10% of all messages are lost then nobody is left out', () => {
  const world = begin(1, 0.1)
  for (const origin of [0, 7, 4711, 9999]) {
    broadcast(world, origin)
    assert.equal(world.infected, NODES)
    assert.ok(world.record.figures(world.infected, world.live).lost > 0)
  }
})
