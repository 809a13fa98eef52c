/** What a stranger can do to whole clusters on a membership, and that they are well when he is gone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fields } from '../../src/gossip/message.ts'
import { addressOf } from '../../src/gossip/view/node-number.ts'
import cyclon from '../../src/membership/cyclon.ts'
import hyparview from '../../src/membership/hyparview.ts'
import swim from '../../src/membership/swim.ts'
import push from '../../src/strategy/push.ts'
import { OnMembership } from '../paper/on-membership.ts'

const NODES = 40
/** Beside them addresses at which nobody is. */
const FAKES = 200

interface Attack {
  readonly name: string
  readonly membership: unknown
  readonly options?: object
  /** Share of the nodes that a value comes to while it lasts, at least. */
  readonly holds: number
  /** What a node is told in a period: by whom, in whose name, what; and what rides on it. */
  lies(node: number, peers: readonly number[], random: () => number): readonly Lie[]
}
type Lie = readonly [from: number, name: string, fields: Fields, rides?: Fields]

const fakeBy = (random: () => number): number => NODES + Math.floor(random() * FAKES)
const fakes = (count: number, random: () => number) =>
  Array.from({ length: count }, () => addressOf(fakeBy(random)))
const others = (node: number) => Array.from({ length: NODES }, (_, i) => i).filter((it) => it !== node)

const attacks: readonly Attack[] = [
  {
    name: 'cyclon: shuffles full of addresses at which nobody is',
    membership: cyclon,
    // It takes what it is told, and has no defence but that it gets well.
    holds: 0,
    lies: (_node, _peers, random) =>
      Array.from({ length: 5 }, () => [
        fakeBy(random),
        'shuffle',
        { entries: fakes(60, random).map((peer) => ({ peer, age: 0 })) },
      ]),
  },
  {
    name: 'hyparview: joins and urgent requests of nodes that are none',
    membership: hyparview,
    holds: 0.9,
    lies: (_node, peers, random) =>
      Array.from({ length: 5 }, () => fakeBy(random)).flatMap((fake): Lie[] => [
        [fake, 'join', {}],
        [fake, 'neighbor', { urgent: true }],
        [peers[0] ?? fake, 'forwardJoin', { joiner: addressOf(fake), hops: 0 }],
        [peers[0] ?? fake, 'shuffle', { origin: addressOf(fake), sample: fakes(60, random), hops: 0 }],
      ]),
  },
  {
    name: 'hyparview: goodbyes in the name of all links of all nodes',
    membership: hyparview,
    holds: 0.9,
    lies: (_node, peers) => peers.map((it): Lie => [it, 'disconnect', {}]),
  },
  {
    name: 'swim: suspicions of all live nodes, and nodes that are none',
    membership: swim,
    holds: 1,
    lies: (node, _peers, random) => [
      [
        fakeBy(random),
        'join',
        {},
        {
          updates: [
            ...others(node).map((it) => ({ peer: addressOf(it), status: 'suspect', incarnation: 0 })),
            ...fakes(20, random).map((peer) => ({ peer, status: 'alive', incarnation: 0 })),
          ],
        },
      ],
    ],
  },
]

for (const { name, membership, options, holds, lies } of attacks)
  test(`${name}: while they last a value comes to ${100 * holds}% at least, and afterwards it is as if nothing had been`, (t) => {
    const cluster = new OnMembership(membership, push, { nodes: NODES + FAKES, scenario: [] }, options)
    const { world, random } = cluster
    for (let i = NODES; i < world.count; i++) world.kill(i)
    cluster.pass(40)
    const isWell = (): void => {
      const { components, inDegree } = cluster.overlay()
      assert.deepEqual([components, cluster.deadLinks], [1, 0])
      assert.ok(inDegree.min > 0)
    }
    isWell()
    world.propagate(0, 'under attack')
    for (let period = 0; period < 10; period++) {
      for (let node = 0; node < NODES; node++) {
        const peers = world.node(node).peers.map((it) => Number(it) - 1)
        for (const [from, name, fields, rides] of lies(node, peers, random))
          world.receiveMembership(node, from, { type: 'membership', name, fields, rides })
      }
      cluster.pass(1)
    }
    t.diagnostic(`under attack the value came to ${world.infected} of ${NODES}`)
    assert.ok(world.infected >= holds * NODES)
    cluster.pass(30)
    isWell()
    cluster.broadcast(10)
    assert.equal(world.infected, NODES)
  })

test('swim: when all live nodes are suspected by a stranger then none is dropped', () => {
  const cluster = new OnMembership(swim, push, { nodes: NODES })
  cluster.pass(6)
  cluster.world.views.detection.forget()
  for (let period = 0; period < 20; period++) {
    for (let node = 0; node < NODES; node++)
      cluster.world.receiveMembership(node, others(node)[period]!, {
        type: 'membership',
        name: 'ack',
        fields: { of: addressOf(node), on: null },
        rides: {
          updates: others(node).map((it) => ({
            peer: addressOf(it),
            status: 'suspect',
            incarnation: period,
          })),
        },
      })
    cluster.pass(1)
  }
  cluster.pass(10)
  cluster.world.kill(NODES - 1)
  assert.equal(cluster.world.views.detection.figures(() => true, 1, 1, 1)?.falseAlarms, 0)
  assert.equal(cluster.overlay().degree.min, NODES - 1)
})
