/** Says whatever a stranger can say of peers and values, in anybody's name, at the bounds of what a line may say. */
import { type Endpoint, formatAddress } from '../../../src/daemon/address/address.ts'
import type { Transport } from '../../../src/daemon/transport/transport.ts'
import type { Dice } from './dice.ts'
import { EPOCH } from './time.ts'
import { lineOf, visit } from './visitor.ts'

export const LIES = [
  'made-up peers',
  'forged hi',
  'forged bye',
  'forged value',
  'odd message',
  'replayed',
] as const
export type Lie = (typeof LIES)[number]

const MOST = Number.MAX_SAFE_INTEGER

export interface LiarWorld {
  readonly dice: Dice
  readonly transport: Transport
  /** Ms since the world began. */
  now(): number
  /** Ms that a value may be ahead. */
  readonly maxClockDrift: number
  /** Real nodes, up or not. */
  readonly addresses: readonly string[]
  /** What nodes said lately. */
  readonly overheard: readonly string[]
}

/** @returns what it did */
export function lie(world: LiarWorld, to: Endpoint): Lie {
  const { dice, transport } = world
  const what = dice.one(LIES)
  const some = Array.from({ length: 1 + dice.below(4) }, () => lineOf(lies[what](world)))
  const socket = visit(transport, to, some.join(''))
  // Some lies come from a connection that is gone before they were read.
  if (dice.chance(0.3)) socket.end()
  return what
}

const lies: Record<Lie, (world: LiarWorld) => object> = {
  'made-up peers': (world) => ({ type: 'hi', from: madeUp(world), peers: rows(world, () => madeUp(world)) }),
  'forged hi': (world) => ({
    type: 'hi',
    from: real(world),
    peers: rows(world, () => real(world)),
  }),
  'forged bye': (world) => {
    const from = real(world)
    return { type: 'bye', from, peers: [{ address: from, heartbeat: heartbeat(world) }] }
  },
  'forged value': (world) => ({
    type: 'value',
    value: world.dice.one(['lie', '', '"\\\n\u2028', 'l'.repeat(300)]),
    timestamp: timestamp(world),
    hops: world.dice.one([0, 1, 1e9]),
    from: world.dice.one([real, madeUp])(world),
    peers: rows(world, () => world.dice.one([real, madeUp])(world)),
  }),
  'odd message': (world) => ({
    type: world.dice.one(['digest', 'constructor', 'welcome', 'pull', 'error', 'have', 'graft', 'hop']),
    from: real(world),
    peers: rows(world, () => madeUp(world)),
    version: `${timestamp(world)}`,
    sum: 1e308,
  }),
  replayed,
}

/** What a node said, in another's name, or with numbers that are another's. */
function replayed(world: LiarWorld): object {
  const { dice, overheard } = world
  const line = JSON.parse(overheard.length === 0 ? '{"type":"status"}' : dice.one(overheard))
  if (dice.chance(0.5)) line.from = real(world)
  if (dice.chance(0.5)) line.peers = rows(world, () => real(world))
  if (line.timestamp !== undefined && dice.chance(0.5)) line.timestamp = timestamp(world)
  return line
}

/** Answers whoever takes it for a node as one would, with lies. */
export function serveLies(world: LiarWorld, endpoint: Endpoint, told: () => void): void {
  const from = String(formatAddress(endpoint))
  const server = world.transport.serve(
    () => undefined,
    (socket) => {
      socket.on('error', () => {})
      socket.on('data', () => {
        told()
        socket.write(lineOf({ type: 'welcome', from, peers: rows(world, () => madeUp(world)) }))
      })
    },
  )
  server.listen(endpoint.port, endpoint.host, () => {})
}

function real({ dice, addresses }: LiarWorld): string {
  return dice.one(addresses)
}

function madeUp({ dice }: LiarWorld): string {
  if (dice.chance(0.1)) return '10.0.201.1:7000'
  return `10.0.${50 + dice.below(50)}.${1 + dice.below(250)}:${dice.one([7000, 1, 65_535])}`
}

function rows(world: LiarWorld, address: () => string): object[] {
  const { dice } = world
  const count = dice.one([0, 1, 8, 64])
  return Array.from({ length: count }, () => ({ address: address(), heartbeat: heartbeat(world) }))
}

function heartbeat(world: LiarWorld): number {
  const now = Math.round(EPOCH + world.now())
  return world.dice.one([0, 1, now, now, now + 10_000, MOST - 1, MOST])
}

function timestamp(world: LiarWorld): number {
  const now = Math.round(EPOCH + world.now())
  return world.dice.one([0, now - 1000, now, now + world.maxClockDrift - 10, now + 1e9, MOST])
}
