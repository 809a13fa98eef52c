/** What a recording tells of the overlay is what its run says; and where something was not recorded, nothing is told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadMembership, membershipNames } from '../../src/loader/load.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { measure } from '../../src/measure/runs.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import push from '../../src/strategy/push.ts'
import { type Given, settings } from '../simulation/settings.ts'

const PERIOD = 1000
const end = (periods: number): Scenario[number] => ({ at: periods * PERIOD, do: 'network', loss: 0 })

async function traced(name: string, given: Given = {}) {
  const events: GossipEvent[] = []
  const trace = (event: GossipEvent) => events.push(event)
  const members = await loadMembership(name)
  const { result } = simulate(settings(push, {}, { members, period: PERIOD, nodes: 30, trace, ...given }))
  return { result, events }
}

const stories: Readonly<Record<string, Given>> = {
  'nothing happens': { until: 20 * PERIOD, scenario: [end(20)] },
  'many crash at once': { crash: 0.3, until: 60 * PERIOD, scenario: [end(60)] },
  'nodes die, join and come back, and the network is cut': {
    until: 80 * PERIOD,
    scenario: [
      { at: 4 * PERIOD, do: 'kill', nodes: [0, 5, 6, 7, 8] },
      { at: 6 * PERIOD, do: 'join', nodes: [28, 29] },
      { at: 9 * PERIOD, do: 'restart', nodes: [0, 5], state: 'lost' },
      { at: 20 * PERIOD, do: 'partition', groups: [[1, 2, 3, 4, 9, 10, 11]] },
      { at: 40 * PERIOD, do: 'heal' },
      end(80),
    ],
  },
}

for (const name of membershipNames())
  for (const [story, given] of Object.entries(stories))
    test(`when ${name} is traced as ${story} then its events give the overlay and the detection of its run`, async () => {
      for (const seed of [1, 2]) {
        const { result, events } = await traced(name, { ...given, seed })
        const [measured] = measure(events)
        assert.deepEqual(measured!.overlay, result.overlay)
        const { falseAlarms, ...times } = measured!.detection ?? {}
        const { falseAlarms: expected, ...others } = result.detection ?? {}
        assert.deepEqual(times, others)
        // The run ends a little after its last event.
        if (expected !== undefined) assert.ok(Math.abs(falseAlarms! - expected) <= 0.01 * expected)
        if (story !== 'nothing happens') assert.ok(result.detection!.first !== null)
      }
    })

test('when a run has no membership then its trace is as it was, and tells no overlay', () => {
  for (const topology of [{ kind: 'full' }, { kind: 'ring' }] as const) {
    const events: GossipEvent[] = []
    simulate(settings(push, {}, { nodes: 10, topology, trace: (event: GossipEvent) => events.push(event) }))
    assert.deepEqual(events[0], { at: 0, node: 'n0:7000', event: 'started', number: 0 })
    const [measured] = measure(events)
    assert.deepEqual([measured!.overlay, measured!.detection], [undefined, undefined])
  }
})

test('when something of a recording is missing then no overlay is told: none at all rather than a wrong one', async () => {
  const { events } = await traced('cyclon', { until: 10 * PERIOD, scenario: [end(10)] })
  const told = (some: readonly GossipEvent[]) => measure(some)[0]!.overlay !== undefined
  assert.ok(told(events))
  const of3 = (it: GossipEvent): boolean => it.node === 'n3:7000'
  const without = (isMissing: (it: GossipEvent) => boolean) => events.filter((it) => !isMissing(it))
  // A node was recorded later, or not at all.
  assert.ok(!told(without((it) => of3(it) && it.at < 4500)))
  assert.ok(!told(without((it) => of3(it) && it.event === 'started')))
  assert.ok(!told(without(of3)))
  // Its recording had a gap: what it tells later of that peer does not fit.
  const links = events.filter((it) => of3(it) && it.event.startsWith('peer-'))
  const ofOne = (peer: string | undefined) => links.filter((it) => it.peer === peer)
  const [up, down] = links.map((it) => ofOne(it.peer)).find((it) => it.length >= 3)!
  assert.ok(!told(without((it) => it === up)) && !told(without((it) => it === down)))
  // Once it starts again all is known.
  const again = { ...events.find(of3)!, at: 20_000 }
  assert.ok(told([...without((it) => of3(it) && it.event === 'started'), again]))
})

test('when a cluster ends then its overlay is as it was before, and who left in good order has not died', async () => {
  const { result, events } = await traced('hyparview', { until: 10 * PERIOD, scenario: [end(10)] })
  const names = [...new Set(events.map((it) => it.node))].filter((it) => it !== 'network')
  const at = events.at(-1)!.at + 1
  const leaving = names.flatMap((node, i): GossipEvent[] => [
    { at: at + i, node, event: 'stopped' },
    ...names
      .slice(i + 1)
      .map((it): GossipEvent => ({ at: at + i, node: it, event: 'peer-down', peer: node })),
  ])
  const links = events.filter((it) => it.event === 'peer-up' || it.event === 'peer-down')
  const isLink = (node: string, peer: string): boolean =>
    links.findLast((it) => it.node === node && it.peer === peer)?.event === 'peer-up'
  const ends = leaving.filter((it) => it.event === 'stopped' || isLink(it.node, it.peer!))
  const [measured] = measure([...events, ...ends])
  assert.deepEqual(measured!.overlay, result.overlay)
  assert.equal(measured!.detection, undefined)
})

test('when strangers make up names for an hour then nothing is kept of those that were dropped', async () => {
  const { KnownPeers } = await import('../../src/measure/peers/known-peers.ts')
  const peers = new KnownPeers()
  peers.see({ at: 0, node: 'a', event: 'started', period: 1000 })
  for (let i = 0; i < 100_000; i++) {
    peers.see({ at: i, node: 'a', event: 'peer-up', peer: `made up ${i}` })
    peers.see({ at: i, node: 'a', event: 'peer-down', peer: `made up ${i}` })
  }
  assert.equal(peers.size, 1)
  assert.deepEqual(peers.look(['a'], () => true)?.degrees, [0])
})
