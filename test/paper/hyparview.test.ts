/** Leitao, Pereira, Rodrigues 2007, "HyParView", section 5: its 10,000 nodes are a tenth here, a benchmark has them all. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import hyparview from '../../src/membership/hyparview.ts'
import plumtree from '../../src/strategy/plumtree.ts'
import push from '../../src/strategy/push.ts'
import { OnMembership, SILENT } from './on-membership.ts'

const NODES = 1000
const given = { nodes: NODES }
/** Of 10,000 nodes; each hop comes to some four times as many as the one before, with 4 = active view - 1. */
const PATH_OF_10_000 = 6.38542
const PATH = PATH_OF_10_000 - Math.log(10) / Math.log(4)

test('Leitao 2007, Table 1: when 1,000 nodes have started then they are one random graph of symmetric links', (t) => {
  const cluster = new OnMembership(hyparview, SILENT, given)
  cluster.pass(30)
  const { degree, inDegree, clustering, pathLength, components, symmetric } = cluster.overlay()
  t.diagnostic(JSON.stringify({ degree, inDegree, clustering, pathLength, symmetric }))
  assert.equal(components, 1)
  assert.ok(symmetric > 0.999, `symmetric ${symmetric}`)
  assert.equal(degree.max, 5)
  assert.ok(degree.mean > 4.85 && degree.min >= 1)
  assert.ok(inDegree.max <= 6 && Math.abs(inDegree.mean - degree.mean) < 0.01)
  // Of a random graph 5 / 1,000, ten times the table's 0.00092.
  assert.ok(clustering < 0.01, `clustering ${clustering}`)
  assert.ok(Math.abs(pathLength - PATH) < 0.05 * PATH, `path ${pathLength}, ${PATH} by the table`)
})

test('Leitao 2007, section 5.3: when 80% die at once then the survivors are one again after a few periods, and all hear', (t) => {
  const cluster = new OnMembership(hyparview, push, given)
  cluster.pass(20)
  cluster.kill(0.8)
  assert.ok(cluster.overlay().components > 1)
  cluster.broadcast(1)
  t.diagnostic(`after a period ${cluster.world.infected} of ${cluster.world.live}`)
  cluster.pass(9)
  assert.equal(cluster.world.infected, cluster.world.live)
  assert.equal(cluster.overlay().components, 1)
  assert.equal(cluster.deadLinks, 0)
  assert.ok(cluster.overlay().degree.mean > 4.5)
})

test('Leitao 2007, "Epidemic broadcast trees", on HyParView: redundancy 0 once the tree stands, and again after 80% died', (t) => {
  const cluster = new OnMembership(hyparview, plumtree, given, { mixing: 12 })
  cluster.pass(40)
  // All in half a second: a link that is made meanwhile is pruned when a value comes over it.
  cluster.broadcast(0.02)
  for (let i = 0; i < 3; i++) {
    const payloads = cluster.broadcast(0.02)
    assert.deepEqual([cluster.world.infected, payloads], [NODES, NODES - 1])
  }
  cluster.kill(0.8)
  const { live } = cluster.world
  const more = Array.from({ length: 12 }, () => cluster.broadcast(1) - (cluster.world.infected - 1))
  for (let i = 0; i < 3; i++) more.push(cluster.broadcast(0.02) - (cluster.world.infected - 1))
  t.diagnostic(`${live} survivors; payloads beyond a tree: ${more.join(', ')}`)
  assert.deepEqual([cluster.world.infected, more.at(-1)], [live, 0])
})
