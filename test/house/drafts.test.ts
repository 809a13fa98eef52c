import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dice } from '../gossip/dice.ts'
import { Cluster } from '../property/cluster.ts'
import medianCounter from './drafts/median-counter.ts'
import plumtree from './drafts/plumtree.ts'
import rumor from './drafts/rumor.ts'

const drafts = { plumtree, rumor, 'median-counter': medianCounter }

for (const [name, draft] of Object.entries(drafts)) {
  test(`when ${name} runs on ten nodes then no handler fails and most nodes get the value`, () => {
    const cluster = new Cluster(10, draft, { seed: 1, acquaintance: 'everyone' })
    const random = dice(1)
    for (let i = 0; i < 30; i++) {
      if (i === 3) cluster.propose(0, 'a', 1)
      for (const node of cluster.nodes.keys()) cluster.period(node)
      while (cluster.inFlight > 0) cluster.deliver(Math.floor(random() * cluster.inFlight))
    }
    assert.ok(cluster.nodes.filter((it) => it.get() !== null).length > 5)
  })
}
