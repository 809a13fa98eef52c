import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatAddress } from '../../src/daemon/address/address.ts'
import { DEFAULT_LIMITS } from '../../src/daemon/limits.ts'
import { ProtocolError, parseLine } from '../../src/daemon/wire.ts'
import { type Host, newMemory, type Observer } from '../../src/gossip/host.ts'
import {
  isValue,
  isValues,
  type Message,
  type OwnMessage,
  type ValueMessage,
} from '../../src/gossip/message.ts'
import { GossipNode } from '../../src/gossip/node.ts'
import type { Protocol } from '../../src/gossip/protocol.ts'
import { PeerTable, TABLE_DEFAULTS } from '../../src/gossip/view/table.ts'
import { loadStrategy, strategyNames } from '../../src/loader/load.ts'
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

function fieldsOf(shape: object): fc.Arbitrary<object> {
  return fc.record(Object.fromEntries(Object.keys(shape).map((name) => [name, anything])))
}

class Machine implements Host {
  readonly sent: Message[] = []
  readonly faults: string[] = []
  readonly node: GossipNode
  #time = 0
  #dice = 1
  readonly #waiting: (() => void)[] = []

  constructor(protocol: Protocol) {
    const view = new PeerTable(ME, { ...TABLE_DEFAULTS, expiry: 60_000 }, NOW)
    this.node = new GossipNode(newMemory(ME), protocol, view, this, { ...SETTINGS, maxHeld: 10_000_000 })
    this.node.start()
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
  send = (_to: unknown, message: Message) => void this.sent.push(message)
  after = (_periods: number, act: () => void) => this.#waiting.push(act) > 0
  store = () => undefined
  rtt = () => undefined
  forgot = () => undefined

  period(): void {
    this.#time += 1000
    this.node.period()
    for (const act of this.#waiting.splice(0)) act()
  }
}

for (const name of await strategyNames()) {
  test(`whatever lines a node with ${name} accepted, what it sends then every other accepts`, async () => {
    const protocol = await loadStrategy(name)
    let accepted = 0
    let sent = 0
    fc.assert(
      fc.property(fc.array(lineFor(protocol), { minLength: 1, maxLength: 25 }), (lines) => {
        const machine = new Machine(protocol)
        for (const line of lines) {
          try {
            const request = parseLine(JSON.stringify(line), protocol)
            accepted += 1
            if (request.kind === 'hi') machine.node.meet(request.from, request.peers)
            else if (request.kind === 'gossip') machine.node.receive(request.from, request.message)
          } catch (error) {
            if (!(error instanceof ProtocolError)) throw error
          }
          machine.period()
        }
        assert.deepEqual(machine.faults, [])
        for (const message of machine.sent.flatMap(linesOf)) {
          const line = lineOf(ME, message)
          assert.ok(Buffer.byteLength(line) - 1 <= DEFAULT_LIMITS.maxLine, `${Buffer.byteLength(line)} bytes`)
          const request = parseLine(line, protocol)
          assert.ok(request.kind === 'gossip' && request.from === ME)
          if (isValue(message)) assert.equal((request.message as typeof message).value, message.value)
        }
        sent += machine.sent.length
      }),
      { numRuns: 300 },
    )
    assert.ok(accepted > 1000, `only ${accepted} lines were accepted`)
    if (name !== 'silent') assert.ok(sent > 300, `only ${sent} were sent`)
  })
}

/** Several values are as many lines. */
function linesOf(message: Message): readonly (ValueMessage | OwnMessage)[] {
  return isValues(message) ? message.values : [message]
}
