/**
 * One seeded run of whole daemons, tens of them in one process: first safety, while machines lose power, ways are cut,
 * clocks jump, files are damaged, and a liar and a flooder do what they can; then liveness, when all of that has stopped.
 */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { parseSubnet } from '../../../src/daemon/address/subnet.ts'
import { type DaemonLimits, DEFAULTS } from '../../../src/daemon/settings.ts'
import { protocol } from '../../../src/gossip/protocol.ts'
import { type Value, wins } from '../../../src/gossip/value.ts'
import type { GossipEvent } from '../../../src/measure/event.ts'
import gossipsub from '../../../src/strategy/gossipsub.ts'
import medianCounter from '../../../src/strategy/median-counter.ts'
import plumtree from '../../../src/strategy/plumtree.ts'
import pull from '../../../src/strategy/pull.ts'
import push from '../../../src/strategy/push.ts'
import pushPull from '../../../src/strategy/push-pull.ts'
import pushSum from '../../../src/strategy/push-sum.ts'
import rumor from '../../../src/strategy/rumor.ts'
import { heartbeats } from '../node.ts'
import { Checks, raise, told } from './checks.ts'
import { Dice } from './dice.ts'
import { FaultMaker, type Happened, JOINED, type Kind, STRANGERS } from './faults.ts'
import { Member, PORT } from './member.ts'
import { WorldNetwork } from './network.ts'
import { EPOCH, ProcessClock, VirtualTime } from './time.ts'
import { lineOf, visit } from './visitor.ts'

const PERIOD_MS = 2000
export const MAX_DRIFT_MS = 20_000
const STEPS = 30
const KEYS = ['', 'a', 'b/c'] as const
/** Within that time after the faults all agree and know who lives. */
const LIVENESS_MS = 300_000
const LOOK_MS = 4000
const SEEDS_NAME = 'seeds.world'

const LIMITS: DaemonLimits = {
  ...DEFAULTS.limits,
  ...{ maxPeers: 64, maxForgotten: 64, maxConnections: 48, reserved: 32, maxPerHost: 12, maxLinks: 16 },
  ...{ maxPending: 65_536, maxBuffered: 1 << 20, maxLine: 65_536, maxValue: 4096, maxWatchers: 4 },
  ...{ idle: 30_000, idleLink: 15_000, firstLine: 5000, lineTime: 3000, stuck: 6000, rate: 50, burst: 200 },
}

/** Those that say again and again what they hold: with them all agree in the end, whatever was lost. */
const REPEATING = { push, pull, 'push-pull': pushPull }
const STRATEGIES = {
  ...REPEATING,
  rumor,
  plumtree,
  gossipsub,
  'median-counter': medianCounter,
  'push-sum': pushSum,
}

/** The command that runs that one seed again. */
export function replay(seed: number): string {
  return `npm run bench -- world ${seed} 1`
}

/**
 * @param trace told everything that was said and happened, a line each
 * @throws {AssertionError} with the command that replays it
 */
export async function worldRun(
  seed: number,
  happened: Happened,
  trace?: (line: string) => void,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-world-'))
  try {
    await new WorldRun(seed, happened, folder, trace).run()
  } catch (error) {
    const { message, stack } = error as Error
    const where = error instanceof assert.AssertionError ? '' : `\n${stack}`
    throw new assert.AssertionError({ message: `seed ${seed}: ${message}${where}\nreplay: ${replay(seed)}` })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export class WorldRun {
  readonly dice: Dice
  readonly time = new VirtualTime()
  readonly network: WorldNetwork
  readonly members: readonly Member[]
  readonly checks: Checks
  readonly #happened: Happened
  readonly #trace: ((line: string) => void) | undefined
  readonly #client: ReturnType<WorldNetwork['transport']>
  /** The greatest of each key that a node which keeps its values has acknowledged. */
  readonly #acknowledged = new Map<string, Value>()
  #count = 0
  #repeats = true

  constructor(seed: number, happened: Happened, folder: string, trace: ((line: string) => void) | undefined) {
    this.dice = new Dice(seed, 0, 'order')
    this.#happened = happened
    this.#trace = trace
    const slowest = this.dice.one([1, 20, 150])
    this.network = new WorldNetwork(
      this.time,
      new Dice(seed, 0, 'latency'),
      { from: 0.05, to: slowest },
      {
        said: (from, bytes) => {
          if (trace) trace(`${this.time.now} ${from.local.host} > ${from.remote.host}: ${bytes}`)
          this.checks.said(from, bytes)
        },
        happened: (what) => this.note(what),
      },
    )
    this.checks = new Checks(LIMITS, MAX_DRIFT_MS, () => this.note('set aside'))
    this.network.powerOn('10.0.200.1')
    this.#client = this.visitor('10.0.200.1')
    this.members = this.#members(seed, folder)
  }

  async run(): Promise<void> {
    const faults = new FaultMaker(this, MAX_DRIFT_MS)
    for (const member of this.members) this.time.after(this.dice.between(0, 3000), () => member.start())
    await this.#pass(8000)
    for (let i = 0; i < STEPS; i++) {
      if (this.dice.chance(0.3)) this.#propose(this.dice.one(this.members))
      else faults.act()
      await this.#pass(this.dice.between(0, 2 * PERIOD_MS))
    }
    faults.stop()
    await this.#pass(2 * MAX_DRIFT_MS)
    // One that was about to leave when the faults stopped.
    for (const member of this.members.slice(0, JOINED)) if (!member.isOn) member.start()
    await this.#pass(LOOK_MS)
    for (const member of this.members.slice(0, 2)) this.#propose(member)
    await this.#agree()
    for (const member of this.members) member.kill()
  }

  /** What a process on that host has that is no node. */
  visitor(host: string): ReturnType<WorldNetwork['transport']> {
    this.network.powerOn(host)
    return this.network.transport(host, new ProcessClock(this.time, () => 0))
  }

  note(kind: Kind): void {
    this.#happened.set(kind, (this.#happened.get(kind) ?? 0) + 1)
    this.#trace?.(`${this.time.now} ${kind}`)
  }

  #members(seed: number, folder: string): Member[] {
    const { dice } = this
    const count = dice.chance(0.7) ? 5 + dice.below(5) : 10 + dice.below(21)
    const hosts = Array.from({ length: count }, (_, i) => `10.0.0.${i + 1}`)
    this.network.name(SEEDS_NAME, hosts.slice(0, JOINED))
    const scans = dice.chance(0.3)
    const some = dice.chance(0.7) ? REPEATING : STRATEGIES
    const name = dice.one(Object.keys(some) as (keyof typeof STRATEGIES)[])
    this.#repeats = name in REPEATING
    const daemon = {
      protocol: protocol(name, STRATEGIES[name]),
      membership: heartbeats(),
      period: PERIOD_MS,
      join: scans ? [] : [{ host: dice.chance(0.5) ? SEEDS_NAME : hosts[0]!, port: PORT }],
      isJoinTold: false,
      subnet: parseSubnet('10.0.0.0/27'),
      scanPort: PORT,
      maxClockDrift: MAX_DRIFT_MS,
      expiryPeriods: DEFAULTS.expiryPeriods,
      number: 0,
      limits: LIMITS,
    }
    const write = (line: string): void => this.time.fail(new assert.AssertionError({ message: line }))
    const log = pino({ level: 'error', base: null, timestamp: false }, { write })
    return hosts.map((host, number) => {
      const own = join(folder, String(number))
      mkdirSync(own)
      const member = new Member(this.network, {
        ...{ seed, number, host, daemon, log },
        folder: dice.chance(0.8) ? own : undefined,
        listener: (event) => this.#heard(event),
        happened: (what) => this.note(what),
      })
      this.checks.add(member)
      return member
    })
  }

  #heard(event: GossipEvent): void {
    this.#trace?.(JSON.stringify(event))
    this.checks.heard(event)
  }

  async #pass(ms: number): Promise<void> {
    await this.time.pass(ms)
    for (const member of this.members) if (member.daemon !== undefined) this.checks.held(member)
    this.checks.bounds(this.network.open)
  }

  /** A client whose clock is right, or late, or ahead hands in a value. */
  #propose(member: Member): void {
    const timestamp = Math.round(EPOCH + this.time.now + this.dice.one([-3000, 0, 0, 5000]))
    const key = this.dice.one(KEYS)
    const text = this.dice.chance(0.15) ? null : `${this.dice.below(2)}-${this.#count++}`
    const value: Value = { key, value: text, timestamp }
    visit(
      this.#client,
      { host: member.host, port: PORT },
      lineOf({ type: 'value', ...value }),
      (line, it) => {
        it.destroy()
        const { outcome } = JSON.parse(line)
        if (outcome !== 'accepted') return
        this.note(text === null ? 'deleted' : 'acknowledged')
        if (member.isDurable) raise(this.#acknowledged, value)
      },
    )
  }

  async #agree(): Promise<void> {
    const end = this.time.now + LIVENESS_MS
    let missing: string | undefined = 'it did not begin'
    while (missing !== undefined) {
      assert.ok(this.time.now < end, `${LIVENESS_MS} ms after the faults: ${missing}`)
      await this.#pass(LOOK_MS)
      missing = this.#missing()
    }
  }

  /** What is not as it should be, now that there are no faults any more. */
  #missing(): string | undefined {
    const live = this.members.filter((it) => it.daemon !== undefined)
    const first = live[0]!
    for (const { daemon, address } of live) {
      const other = this.#repeats
        ? KEYS.find((it) => isOther(daemon!.get(it), first.daemon!.get(it)))
        : undefined
      if (other !== undefined)
        return `${address} holds ${told(daemon!.get(other))}, ${first.address} ${told(first.daemon!.get(other))}`
      const others = live.filter((it) => it.address !== address)
      const unknown = others.find((it) => !daemon!.knows(it.address))
      if (unknown !== undefined) return `${address} does not know ${unknown.address}`
      const { peers } = daemon!.summary()
      if (peers !== others.length) return `${address} knows ${peers} peers, and ${others.length} live`
    }
    const strangers = [...this.network.open].filter((it) => isStranger(it.remote.host)).length
    if (strangers > 0) return `${strangers} connections of strangers that are gone are open`
    for (const wanted of this.#repeats ? this.#acknowledged.values() : []) {
      const held = first.daemon!.get(wanted.key)
      if (held === null || wins(wanted, held)) return `an acknowledged value is lost: ${told(wanted)}`
    }
    return undefined
  }
}

function isOther(a: Value | null, b: Value | null): boolean {
  return a?.value !== b?.value || a?.timestamp !== b?.timestamp
}

function isStranger(host: string): boolean {
  return (STRANGERS as readonly string[]).includes(host)
}
