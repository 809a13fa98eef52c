/** Voulgaris, Gavidia, van Steen 2005, "CYCLON"; and Voulgaris' thesis, 2006, chapter 2. */
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { pickNumbers } from '../../src/gossip/view/pick.ts'
import { overlayFigures } from '../../src/measure/overlay.ts'
import cyclon from '../../src/membership/cyclon.ts'
import { dice } from '../gossip/dice.ts'
import { OnMembership, SILENT } from './on-membership.ts'

const NODES = 1000
const VIEW = 20

describe('Voulgaris 2005: 1,000 nodes with views of 20, after 40 cycles', () => {
  let cluster: OnMembership
  before(() => {
    cluster = new OnMembership(cyclon, SILENT, { nodes: NODES })
    cluster.pass(40)
  })

  test('clustering and ways are those of a random graph of its degree; in-degrees are narrower than there', (t) => {
    const random = dice(1)
    const graph = Array.from({ length: NODES }, (_, i) => pickNumbers(NODES, VIEW, random, (it) => it === i))
    const [ours, theirs] = [cluster.overlay(), overlayFigures(graph, random)]
    t.diagnostic(JSON.stringify({ ours, theirs }))
    assert.equal(ours.components, 1)
    assert.equal(Math.round(ours.degree.mean), VIEW)
    // Equation 2.2 of the thesis.
    const clustering = (2 * VIEW) / (NODES - 1)
    for (const it of [ours.clustering, theirs.clustering])
      assert.ok(Math.abs(it - clustering) < 0.1 * clustering, `${it}, ${clustering} by the formula`)
    assert.ok(Math.abs(ours.pathLength - theirs.pathLength) < 0.01 * theirs.pathLength)
    assert.ok(ours.inDegree.sd < 0.8 * theirs.inDegree.sd)
  })

  test('when half of them die then links to them are gone in fewer cycles than a view has entries', () => {
    cluster.kill(0.5)
    assert.ok(cluster.deadLinks > 0.4 * VIEW * cluster.world.live)
    cluster.pass(VIEW)
    assert.ok(cluster.deadLinks < 0.005 * VIEW * cluster.world.live, `${cluster.deadLinks} are left`)
    assert.equal(cluster.overlay().components, 1)
  })
})

/**
 * One of 200 that are left loses by chance all links in one run of 25: 200 times 0.8^20, that it keeps none of its own,
 * and e^-4, that none leads to it.
 */
const ONE_AND_ONE_LOST = 2

for (const seed of [1, 2, 3])
  test(`Voulgaris 2005, section 6: when 80% are removed then the others are still one; seed ${seed}`, (t) => {
    const cluster = new OnMembership(cyclon, SILENT, { nodes: NODES, seed })
    cluster.pass(20)
    cluster.kill(0.8)
    const { components, inDegree } = cluster.overlay()
    t.diagnostic(`${cluster.world.live} left, in-degree ${inDegree.min} to ${inDegree.max}`)
    assert.ok(components <= ONE_AND_ONE_LOST, `${components} components`)
    cluster.pass(20)
    assert.ok(cluster.overlay().components <= ONE_AND_ONE_LOST)
    assert.ok(cluster.deadLinks < 0.02 * VIEW * cluster.world.live, `${cluster.deadLinks} are left`)
  })
