/** What a membership says goes over the same links as the values, and counts there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBody, encodeContacts, withRides } from '../../src/daemon/wire.ts'
import { address, membership, z } from '../../src/gossip/membership.ts'
import type { Fields, MembershipMessage } from '../../src/gossip/message.ts'
import { type MembershipProtocol, membershipProtocol } from '../../src/gossip/protocol.ts'
import type { Address } from '../../src/gossip/strategy.ts'
import { strategy } from '../../src/gossip/strategy.ts'
import { addressOf } from '../../src/gossip/view/node-number.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import cyclon from '../../src/membership/cyclon.ts'
import heartbeat from '../../src/membership/heartbeat.ts'
import hyparview from '../../src/membership/hyparview.ts'
import swim from '../../src/membership/swim.ts'
import { parseBandwidth } from '../../src/network/cost/bandwidth.ts'
import { ContactSizes } from '../../src/simulation/membership/contact-sizes.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import push from '../../src/strategy/push.ts'
import { type Given, settings } from './settings.ts'

const NAME = '172.28.100.100:7000'
const PERIOD = 1000

/** The same with the addresses that a daemon has. */
function named(it: unknown): unknown {
  if (it === addressOf(7)) return NAME
  if (Array.isArray(it)) return it.map(named)
  if (typeof it !== 'object' || it === null) return it
  return Object.fromEntries(Object.entries(it).map(([name, one]) => [name, named(one)]))
}

const peer = addressOf(7)
const update = { peer, status: 'suspect', incarnation: 5 }
const told: readonly [of: unknown, message: string, fields: Fields, rides?: Fields][] = [
  [cyclon, 'shuffle', { entries: [0, 3].map((age) => ({ peer, age })) }],
  [hyparview, 'shuffle', { origin: peer, sample: [peer, peer], hops: 4 }],
  [hyparview, 'neighbor', { urgent: true }],
  [swim, 'ping', { on: null }, { updates: [update, update] }],
  [swim, 'ack', { of: peer, on: peer }, { updates: [] }],
  [swim, 'members', { members: [update] }],
]

function protocolOf(it: unknown, options = {}): MembershipProtocol {
  return membershipProtocol('tested', it, options)
}

test('when a membership sends something then it counts as many bytes as the daemon writes', () => {
  for (const [of, name, fields, rides] of told) {
    const message: MembershipMessage = { type: 'membership', name, fields, rides }
    const sizes = new ContactSizes(protocolOf(of), () => 0)
    const line = withRides(
      encodeBody(NAME as Address, named(message) as MembershipMessage),
      named(rides) as Fields | undefined,
      undefined,
    )
    assert.equal(sizes.message(0, 1, message), Buffer.byteLength(line), line)
  }
})

test('when rows about peers ride then they count where they are news over that link, until it was idle', () => {
  let now = 0
  const sizes = new ContactSizes(protocolOf(heartbeat), () => now)
  const rides = { peers: [7, 8].map((node) => ({ address: addressOf(node), heartbeat: 1764000000000 })) }
  const bytes = (from: number, to: number): number => sizes.riding(from, to, rides)
  const row = { address: NAME as Address, heartbeat: 1764000000000 }
  const all = Buffer.byteLength(withRides('{"type":"hi"}', undefined, [row, row])) - '{"type":"hi"}\n'.length
  const none = ',"peers":[]'.length
  assert.equal(bytes(0, 1), all)
  assert.equal(bytes(0, 1), none)
  assert.deepEqual([bytes(1, 0), bytes(0, 2)], [all, all])
  now = 59_000
  assert.equal(bytes(0, 1), none)
  now += 61_000
  assert.equal(bytes(0, 1), all)
  sizes.forget(0)
  assert.equal(bytes(0, 1), all)
})

test('when a node asks whether another is there then question and answer count, with the rows in them', () => {
  const sizes = new ContactSizes(protocolOf(heartbeat), () => 0)
  const row = { address: NAME as Address, heartbeat: 1764000000000 }
  for (const type of ['hi', 'welcome'] as const) {
    const line = encodeContacts(type, NAME as Address, [row, row])
    const rides = { peers: [1, 2].map((heartbeat) => ({ address: peer, heartbeat })) }
    assert.equal(sizes.contact(type, rides), Buffer.byteLength(line))
    // A daemon names itself, if nothing else.
    assert.equal(
      sizes.contact(type, undefined),
      Buffer.byteLength(encodeContacts(type, NAME as Address, [row])),
    )
  }
})

const quiet = strategy({ summary: 'tested', onNewer: () => {} })

/** Everybody knows everybody at once, and tells each of them so much in each period. */
const talks = membership({
  summary: 'tested',
  options: { text: z.string().default('') },
  messages: { talk: { of: address(), text: z.string() } },
  onContact: (node, contact) => void node.add(contact),
  onPeriod(node) {
    node.send(node.peers, 'talk', { of: node.self, text: node.options.text })
  },
  onMessage: { talk: (node, from) => void node.add(from) },
})
const LINE = `{"type":"membership","name":"talk","fields":{"of":"${NAME}","text":""},"from":"${NAME}"}\n`
  .length

function run(of: unknown, text: string, given: Given) {
  const members = protocolOf(talks, { text })
  return simulate(settings(of, {}, { nodes: 2, period: PERIOD, members, ...given })).result
}

test('when links are counted then what the membership says is among it, and the figures of the value are as without', () => {
  const given = { bandwidth: parseBandwidth('10Mbit'), until: 10 * PERIOD } as const
  const without = run(quiet, '', given)
  const more = run(quiet, 'x'.repeat(1000), given)
  // A message of each node and period; and who asks now and then whether others are there.
  const each = (more.upMean! - without.upMean!) * (PERIOD / 1000)
  assert.ok(Math.abs(each - 1000) < 1, `${each} bytes more`)
  assert.ok(without.upMean! >= LINE, `${without.upMean} bytes a second`)
  assert.deepEqual([more.bytes, more.messages], [without.bytes, without.messages])
})

test('when nothing asks what it costs then what a membership says changes no figure', () => {
  const { wallMs: _, ...few } = { wallMs: 0, ...run(push, '', {}) }
  const { wallMs: __, ...many } = { wallMs: 0, ...run(push, 'x'.repeat(1000), {}) }
  assert.deepEqual(many, few)
})

test('when a membership says much then values wait for it on the same link, and a run that is done does not', () => {
  const events: GossipEvent[] = []
  const once = strategy({
    summary: 'tested',
    onNewer: (node, _item, from) => from === null && node.sendValue(node.peers),
  })
  // Each message takes 0.8 of a period to leave.
  const text = 'x'.repeat(100_000 - LINE)
  const latency = { kind: 'constant', ms: 0 } as const
  const given = { bandwidth: parseBandwidth('1Mbit'), latency, trace: (it: GossipEvent) => events.push(it) }
  const delays = Array.from({ length: 40 }, (_, seed) => run(once, text, { ...given, seed }).tLast)
  const alone = Math.min(...delays)
  assert.ok(alone < 5, `${alone} ms at least`)
  const waited = delays.filter((it) => it > alone + 1)
  // It comes while one of these is on the link 8 times in 10.
  assert.ok(waited.length > 20 && waited.length < 40, `${waited.length} of 40 waited`)
  assert.ok(Math.max(...waited) <= 800 + alone + 1, `${Math.max(...waited)} ms at most`)
})

test('when shipped memberships run on narrow links then all still come together, and say less than these carry', () => {
  for (const of of [heartbeat, cyclon, hyparview, swim]) {
    const given = { nodes: 20, period: PERIOD, members: protocolOf(of), bandwidth: parseBandwidth('1Mbit') }
    const result = simulate(settings(push, {}, { ...given, until: 30 * PERIOD })).result
    assert.equal(result.residue, 0)
    assert.equal(result.overlay?.components, 1)
    assert.ok(result.upMax! < 1e6 / 8 && result.upMean! > 0)
  }
})
