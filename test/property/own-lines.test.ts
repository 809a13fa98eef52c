import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatAddress } from '../../src/daemon/address/address.ts'
import { DEFAULT_LIMITS } from '../../src/daemon/limits.ts'
import { ProtocolError, parseLine, type Request } from '../../src/daemon/wire.ts'
import { type Host, newMemory, type Observer } from '../../src/gossip/host.ts'
import {
  isValue,
  isValues,
  type MembershipMessage,
  type Message,
  type OwnMessage,
  type ValueMessage,
  type ValuesMessage,
} from '../../src/gossip/message.ts'
import { GossipNode } from '../../src/gossip/node.ts'
import type { MembershipProtocol, Protocol } from '../../src/gossip/protocol.ts'
import type { MembershipHost } from '../../src/gossip/view/member.ts'
import { MembershipView } from '../../src/gossip/view/membership.ts'
import { loadMembership, loadStrategy, membershipNames, strategyNames } from '../../src/loader/load.ts'
import { lineOf } from '../daemon/line-of.ts'
import { nameOf } from '../gossip/build.ts'
import { SETTINGS } from '../strategy/recording-host.ts'

const NOW = 1_000_000
const DRIFT = SETTINGS.maxClockDrift
const ME = formatAddress({ host: '127.0.0.1', port: 1 })
const peer = fc.nat(6).map((i) => `127.0.0.${2 + i}:7000`)

const whole = fc.constantFrom(
  0,
  1,
  1e9,
  NOW,
  NOW + DRIFT,
  NOW + DRIFT + 1,
  NOW + 80_000_000,
  Number.MAX_SAFE_INTEGER,
)
const number = fc.oneof(
  whole,
  fc.constantFrom(-0, 1e308, -1e308, Number.MAX_VALUE, 5e-324, 1e-300, 0.5, -1, 2 ** 53),
)
const text = fc.constantFrom('', 'a', '\ud800', '\0'.repeat(5400), '"'.repeat(16_380), 'x'.repeat(32_766))
const key = fc.constantFrom(
  '',
  'k',
  'a/b',
  '\0'.repeat(256),
  '"'.repeat(256),
  'ä'.repeat(128),
  '\udc00'.repeat(85),
)
const name = fc.record({ key, value: text, timestamp: whole }).map(nameOf)
const names = fc.array(name, { maxLength: 200 })
const digest = fc.oneof(
  name,
  names,
  names.map((all) => ({ all, from: [NOW, ''], below: [1, 2, 3] })),
)
const told = fc.record(
  {
    peer,
    age: whole,
    status: fc.constantFrom('alive', 'suspect'),
    incarnation: fc.oneof(whole, fc.nat(3)),
  },
  { requiredKeys: ['peer', 'age', 'status', 'incarnation'] },
)
const ofPeers = [peer, fc.array(peer, { maxLength: 5 }), fc.array(told, { maxLength: 5 }), fc.nat(9)]
const anything = fc.oneof(number, digest, text, fc.constant(null), fc.boolean())
const rows = fc.array(fc.record({ address: peer, heartbeat: whole }), { maxLength: 3 })

/** Lines with the most that each field may be, and a little more. */
function lineFor(protocol: Protocol): fc.Arbitrary<object> {
  const carried = fieldsOf(protocol.carries?.shape ?? {})
  const value = fc.record({ key, value: fc.option(text), timestamp: whole, hops: whole, peers: rows })
  const lines: fc.Arbitrary<object>[] = [
    fc.tuple(value, peer, carried).map(([it, from, more]) => ({ ...more, type: 'value', ...it, from })),
    fc.record({ type: fc.constant('hi'), from: peer, peers: rows }),
  ]
  for (const [type, schema] of protocol.messages) {
    lines.push(
      fc.tuple(fieldsOf(schema.shape), peer, rows).map(([it, from, peers]) => ({ ...it, type, from, peers })),
    )
  }
  return fc.oneof(...lines)
}

function fieldsOf(shape: object, it: fc.Arbitrary<unknown> = anything): fc.Arbitrary<object> {
  return fc.record(Object.fromEntries(Object.keys(shape).map((name) => [name, it])))
}

/** The same for a membership. */
function membershipLineFor(membership: MembershipProtocol): fc.Arbitrary<object> {
  const one = fc.oneof(...ofPeers, fc.boolean(), fc.constant(null))
  const others = fieldsOf(withoutPeers(membership.rides?.shape ?? {}), one)
  const lines = [...membership.messages].map(([name, schema]) =>
    fc
      .tuple(fieldsOf(schema.shape, one), peer, rows, others)
      .map(([fields, from, peers, rides]) => ({ type: 'membership', name, fields, from, peers, rides })),
  )
  const hi = fc.record({ type: fc.constant('hi'), from: peer, peers: rows, rides: others })
  return fc.oneof(hi, ...lines)
}

function withoutPeers({ peers: _, ...others }: Record<string, unknown>): object {
  return others
}

class Machine implements Host, MembershipHost {
  readonly sent: (Message | MembershipMessage)[] = []
  readonly period = 1000
  readonly view: MembershipView
  readonly faults: string[] = []
  readonly node: GossipNode
  #time = 0
  #dice = 1
  readonly #waiting: (() => void)[] = []

  constructor(protocol: Protocol, membership: MembershipProtocol) {
    this.view = new MembershipView(ME, membership, this)
    this.node = new GossipNode(newMemory(ME), protocol, this.view, this, {
      ...SETTINGS,
      maxHeld: 10_000_000,
    })
    this.node.start()
  }

  /** What was accepted of a stranger's lines comes; whoever spoke is there, too. */
  hear(request: Request): void {
    if (!('from' in request) || request.from === null) return
    const { from, rides } = request
    this.node.meet(from, undefined, 'reached')
    if (request.kind === 'membership') this.node.receiveMembership(from, { ...request.message, rides })
    else if (request.kind === 'gossip') this.node.receive(from, { ...request.message, rides })
    else this.node.meet(from, rides)
  }

  readonly observer = new Proxy({} as Observer, {
    get: (_, name) => (name === 'fault' ? (it: Error) => void this.faults.push(it.message) : () => undefined),
  })
  now = () => this.#time
  clock = () => NOW + this.#time
  random = () => {
    this.#dice = (this.#dice * 48_271) % 0x7fffffff
    return this.#dice / 0x7fffffff
  }
  send = (_to: unknown, message: Message | MembershipMessage) => void this.sent.push(message)
  allows = () => true
  greet = () => undefined
  after = (_periods: number, act: () => void) => this.#waiting.push(act) > 0
  store = () => undefined
  rtt = () => undefined
  forgot = () => undefined

  pass(): void {
    this.#time += 1000
    this.node.period()
    for (const act of this.#waiting.splice(0)) act()
  }
}

interface Tried {
  readonly protocol: Protocol
  readonly membership: MembershipProtocol
  readonly lines: fc.Arbitrary<object>
}

/** @returns how many lines were accepted, and how many were sent */
function passOn({ protocol, membership, lines }: Tried): { accepted: number; sent: number } {
  let accepted = 0
  let sent = 0
  fc.assert(
    fc.property(fc.array(lines, { minLength: 1, maxLength: 25 }), (some) => {
      const machine = new Machine(protocol, membership)
      for (const line of some) {
        try {
          const request = parseLine(JSON.stringify(line), protocol, membership)
          accepted += 1
          machine.hear(request)
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error
        }
        machine.pass()
      }
      assert.deepEqual(machine.faults, [])
      for (const message of machine.sent.flatMap(linesOf)) {
        const line = lineOf(ME, message)
        assert.ok(Buffer.byteLength(line) - 1 <= DEFAULT_LIMITS.maxLine, `${Buffer.byteLength(line)} bytes`)
        const request = parseLine(line, protocol, membership)
        assert.ok('from' in request && request.from === ME)
        if (isValue(message as Message))
          assert.equal((request as { message: ValueMessage }).message.value, (message as ValueMessage).value)
      }
      sent += machine.sent.length
    }),
    { numRuns: 300 },
  )
  assert.ok(accepted > 500, `only ${accepted} lines were accepted`)
  return { accepted, sent }
}

for (const name of strategyNames()) {
  test(`whatever lines a node with ${name} accepted, what it sends then every other accepts`, async () => {
    const protocol = await loadStrategy(name)
    const membership = await loadMembership('heartbeat')
    const { sent } = passOn({ protocol, membership, lines: lineFor(protocol) })
    if (name !== 'silent') assert.ok(sent > 300, `only ${sent} were sent`)
  })
}

for (const name of membershipNames()) {
  test(`whatever lines a node with ${name} accepted, what it says then every other accepts`, async () => {
    const protocol = await loadStrategy('push')
    const membership = await loadMembership(name)
    const lines = fc.oneof(membershipLineFor(membership), lineFor(protocol))
    const { sent } = passOn({ protocol, membership, lines })
    assert.ok(sent > 300, `only ${sent} were sent`)
  })
}

/** Several values are as many lines. */
function linesOf(
  message: Message | MembershipMessage,
): readonly (ValueMessage | OwnMessage | MembershipMessage)[] {
  if (!isValues(message as Message)) return [message as OwnMessage]
  const { values, rides } = message as ValuesMessage
  return values.map((it, i) => (i === 0 ? { ...it, rides } : it))
}
