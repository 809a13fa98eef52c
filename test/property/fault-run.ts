/**
 * One seeded run of the real node code under every kind of fault: first safety, while messages are lost, repeated and
 * out of order, ways are cut and nodes crash, sleep and have wrong clocks; then liveness, when the faults have stopped.
 */
import assert from 'node:assert/strict'
import { only } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { DEFAULT_KEY, type Value, wins } from '../../src/gossip/value.ts'
import { numberOf } from '../../src/gossip/view/node-number.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { nameOf } from '../../src/simulation/naming.ts'
import { type RandomStream, randomStream } from '../../src/simulation/random.ts'
import { World } from '../../src/simulation/world.ts'
import push from '../../src/strategy/push.ts'
import pushPull from '../../src/strategy/push-pull.ts'
import { heartbeats } from '../daemon/node.ts'

const PERIOD_MS = 2000
const STEPS = 40
/** A node refuses what is further ahead of its own clock. */
const MAX_DRIFT_MS = 60_000
/** Clocks are off by up to this, either way; so two differ by the bound at most. */
const SKEW_MS = MAX_DRIFT_MS / 2
/** Clients' timestamps are as coarse as this, and of few texts: so there are ties. */
const COARSE_MS = 4000
/** After the faults: for what was ahead of the slowest clock, for the slow search of lost nodes, and the rest. */
const LIVENESS_MS = 2 * MAX_DRIFT_MS + 50 * PERIOD_MS
/**
 * A node that forgot everything, and whose seeds are all dead, is found by those who remember it: each of them asks
 * one of whom it lost every 30 s. That ends by itself, after a time with a long tail.
 */
const SEARCH_MS = 1_000_000

export const KINDS = [
  'lost',
  'duplicated',
  'reordered',
  'refused',
  'partition',
  'cut',
  'heal',
  'kill',
  'restart kept',
  'restart lost',
  'pause',
  'resume',
  'tie',
] as const
export type Kind = (typeof KINDS)[number]
export type Happened = Map<Kind, number>

/** The command that runs that one seed again. */
export function replay(seed: number): string {
  return `npm run bench -- faults ${seed} 1`
}

/** @throws {AssertionError} with the command that replays it */
export function faultRun(seed: number, happened: Happened): void {
  try {
    new FaultRun(seed, happened).run()
  } catch (error) {
    throw new assert.AssertionError({ message: `${(error as Error).message}\nreplay: ${replay(seed)}` })
  }
}

class FaultRun {
  readonly #dice: RandomStream
  readonly #happened: Happened
  readonly #nodes: number
  /** With it, whoever is killed comes back with what it held: then nothing accepted may ever be lost. */
  readonly #isDurable: boolean
  readonly #world: World
  readonly #accepted: Value[] = []
  readonly #held: (Value | null)[]
  /** Timestamps under way from one node to another, in the order of sending. */
  readonly #underWay = new Map<string, number[]>()

  constructor(seed: number, happened: Happened) {
    this.#dice = randomStream(seed, 1, 'order')
    this.#happened = happened
    this.#nodes = 3 + this.#below(6)
    this.#isDurable = this.#below(2) === 0
    this.#held = Array.from({ length: this.#nodes }, () => null)
    this.#world = new World({
      population: only(this.#below(2) === 0 ? protocol('push', push) : protocol('push-pull', pushPull)),
      nodes: this.#nodes,
      seed,
      run: 0,
      period: PERIOD_MS,
      latency: { kind: 'uniform', from: 1, to: 600 },
      loss: 0.3,
      duplicate: 0.1,
      crash: 0,
      skew: SKEW_MS,
      rounds: false,
      topology: { kind: 'full' },
      members: heartbeats(),
      until: undefined,
      trace: (event) => this.#see(event),
    })
  }

  run(): void {
    const world = this.#world
    world.startAll()
    this.#pass(5 * PERIOD_MS)
    for (let i = 0; i < STEPS; i++) {
      this.#act()
      this.#pass(this.#below(2 * PERIOD_MS))
    }
    this.#calm()
    const before = this.#live().map((i) => world.node(i).get())
    this.#pass(LIVENESS_MS)
    const deadline = world.time.now + SEARCH_MS
    while (!this.#knowEachOther() && world.time.now < deadline) this.#pass(SEARCH_MS / 20)
    this.#checkAgreement(before)
  }

  #below(limit: number): number {
    return Math.floor(this.#dice.random() * limit)
  }

  #pass(ms: number): void {
    this.#world.time.run(() => false, this.#world.time.now + ms)
    for (let i = 0; i < this.#nodes; i++) this.#checkHeld(i)
  }

  #live(): number[] {
    return Array.from({ length: this.#nodes }, (_, i) => i).filter((i) => this.#world.isLive(i))
  }

  #act(): void {
    const world = this.#world
    const node = this.#below(this.#nodes)
    const state = world.stateOf(node)
    const actions: (() => void)[] = [
      () => this.#propose(node),
      () => this.#propose(node),
      () => this.#note('partition', () => world.partition([[node, this.#below(this.#nodes)]])),
      () => this.#note('cut', () => world.cut([node], [this.#below(this.#nodes)])),
      () => world.isBroken && this.#note('heal', () => world.heal()),
      () => state === 'runs' && this.#live().length > 1 && this.#note('kill', () => world.kill(node)),
      () => state === 'dead' && this.#restart(node, this.#isDurable || this.#below(2) === 0),
      () => state === 'runs' && this.#note('pause', () => world.pause(node)),
      () => state === 'paused' && this.#note('resume', () => world.resume(node)),
    ]
    actions[this.#below(actions.length)]!()
  }

  #note(kind: Kind, act: () => void = () => {}): void {
    this.#happened.set(kind, (this.#happened.get(kind) ?? 0) + 1)
    act()
  }

  #restart(node: number, keeps: boolean): void {
    if (!keeps) this.#held[node] = null
    this.#note(keeps ? 'restart kept' : 'restart lost', () => this.#world.start(node, keeps))
  }

  /** A client whose clock is right, or a little late, or so far ahead that some nodes refuse it. */
  #propose(node: number): void {
    const ahead = [-1500, 0, MAX_DRIFT_MS - SKEW_MS, MAX_DRIFT_MS + SKEW_MS][this.#below(4)]!
    const timestamp = Math.max(0, Math.round((this.#world.time.now + ahead) / COARSE_MS) * COARSE_MS)
    this.#offer(node, { key: DEFAULT_KEY, value: 'abc'[this.#below(3)]!, timestamp })
  }

  #offer(node: number, value: Value): void {
    if (this.#world.stateOf(node) !== 'runs') return
    const { timestamp } = value
    const verdict = this.#world.node(node).receive(null, { type: 'value', ...value, hops: 0 })
    if (verdict !== 'newer') return
    if (this.#accepted.some((it) => it.timestamp === timestamp && it.value !== value.value)) this.#note('tie')
    this.#accepted.push(value)
  }

  #see({ event, node, peer = '', timestamp = -1 }: GossipEvent): void {
    if (event === 'lost') this.#note('lost', () => this.#lose(this.#way(node, peer), timestamp))
    else if (event === 'refused') this.#note('refused')
    else if (event === 'sent') this.#way(node, peer).push(timestamp)
    else if (event === 'received') {
      const way = this.#way(peer, node)
      const at = way.indexOf(timestamp)
      if (at === -1) this.#note('duplicated')
      else if (way.splice(at, 1)[0] !== timestamp || at > 0) this.#note('reordered')
    } else if (event === 'updated') {
      for (let i = 0; i < this.#nodes; i++) if (nameOf(i) === node) this.#checkHeld(i)
    }
  }

  #lose(way: number[], timestamp: number): void {
    const at = way.lastIndexOf(timestamp)
    if (at >= 0) way.splice(at, 1)
  }

  #way(from: string, to: string): number[] {
    const name = `${from}>${to}`
    const way = this.#underWay.get(name) ?? []
    this.#underWay.set(name, way)
    return way
  }

  /** Nobody holds what no client handed in, and nobody goes back to what is older. */
  #checkHeld(i: number): void {
    if (!this.#world.isLive(i)) return
    const held = this.#world.node(i).get()
    const before = this.#held[i] ?? null
    this.#held[i] = held
    if (before !== null)
      assert.ok(held !== null && !wins(before, held), `node ${i} went back to an older value`)
  }

  /** The faults stop. The last two values have one timestamp. */
  #calm(): void {
    const world = this.#world
    const timestamp = Math.max(Math.round(world.time.now), ...this.#accepted.map((it) => it.timestamp + 1))
    for (const [i, node] of this.#live().entries())
      if (i < 2) this.#offer(node, { key: DEFAULT_KEY, value: 'ab'[i]!, timestamp })
    world.heal()
    world.change({ loss: 0, duplicate: 0, latency: { kind: 'uniform', from: 1, to: 10 } })
    for (let i = 0; i < this.#nodes; i++) {
      if (world.stateOf(i) === 'paused') world.resume(i)
      else if (world.stateOf(i) === 'dead' && (this.#isDurable || this.#below(3) > 0)) this.#restart(i, true)
    }
  }

  #knowEachOther(): boolean {
    const live = this.#live()
    return live.every((i) => this.#world.node(i).peers.length === live.length - 1)
  }

  #checkAgreement(before: readonly (Value | null)[]): void {
    const live = this.#live()
    const greatest = (values: readonly (Value | null)[]) =>
      values.reduce((a, b) => (a === null || (b !== null && wins(b, a)) ? b : a), null)
    const last = this.#world.node(live[0]!).get()
    for (const i of live) {
      const held = this.#world.node(i).get()
      const peers = this.#world
        .node(i)
        .peers.map(numberOf)
        .sort((a, b) => a - b)
      assert.deepEqual([held?.value, held?.timestamp], [last?.value, last?.timestamp], `node ${i} disagrees`)
      assert.deepEqual(
        peers,
        live.filter((it) => it !== i),
        `node ${i} knows others than those that live`,
      )
    }
    if (last !== null)
      assert.ok(
        this.#accepted.some((it) => it.value === last.value && it.timestamp === last.timestamp),
        'the value that all hold was never accepted',
      )
    const wanted = this.#isDurable ? greatest(this.#accepted) : greatest(before)
    if (wanted !== null) assert.ok(last !== null && !wins(wanted, last), 'an accepted value was lost')
  }
}
