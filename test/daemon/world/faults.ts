/** What goes wrong in a world, by the dice of its seed. */
import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import type { Transport } from '../../../src/daemon/transport/transport.ts'
import { type Value, wins } from '../../../src/gossip/value.ts'
import { raise } from './checks.ts'
import type { Dice } from './dice.ts'
import { FLOODS, type Flood, flood } from './flooder.ts'
import { LIES, type LiarWorld, lie, serveLies } from './liar.ts'
import { type Member, PORT } from './member.ts'
import type { WorldRun } from './run.ts'
import type { WorldSocket } from './socket.ts'

export const KINDS = [
  'acknowledged',
  'deleted',
  'refused',
  'no host',
  'held up',
  'no name',
  'split',
  'half-open',
  'reset',
  'partition',
  'one way cut',
  'heal',
  'kill',
  'power loss',
  'power loss in a write',
  'lost write',
  'damaged file',
  'disk full',
  'leave',
  'start',
  'pause',
  'resume',
  'clock step',
  'set aside',
  ...LIES,
  ...FLOODS,
  'turned away',
  'false welcome',
  'out of files',
] as const
export type Kind = (typeof KINDS)[number]
export type Happened = Map<Kind, number>

/** The hosts of the liar and of the flooder. */
export const STRANGERS = ['10.0.201.1', '10.0.202.1'] as const
const MUST_END: readonly Flood[] = ['half a line', 'deaf', 'idle', 'no line']
/** Ms within which such a flooder is gone: longer than any of the limits in time, and less than that on silence. */
const STAY_MS = 20_000
/** Ms that what ends by itself takes, at most. */
const LONGEST_MS = 15_000

/** The first members are those that the others join. */
export const JOINED = 3

export class FaultMaker {
  readonly #world: WorldRun
  readonly #dice: Dice
  readonly #maxClockDrift: number
  readonly #liar: Transport
  readonly #flooder: Transport
  readonly #acts: readonly ((member: Member) => void)[]

  constructor(world: WorldRun, maxClockDrift: number) {
    this.#world = world
    this.#dice = world.dice
    this.#maxClockDrift = maxClockDrift
    this.#liar = world.visitor(STRANGERS[0])
    this.#flooder = world.visitor(STRANGERS[1])
    serveLies(this.#liarWorld(), { host: STRANGERS[0], port: PORT }, () => world.note('false welcome'))
    const acts: ((member: Member) => void)[] = [
      (it) => this.#runOutOfFiles(it),
      (it) => this.#partition(it),
      (it) => this.#cutOneWay(it),
      () => this.#heal(),
      (it) => this.#kill(it),
      (it) => this.#losePower(it),
      (it) => this.#losePowerInAWrite(it),
      (it) => this.#damage(it),
      (it) => this.#fill(it),
      (it) => this.#leave(it),
      (it) => this.#start(it),
      (it) => this.#start(it),
      (it) => this.#pause(it),
      (it) => this.#stepClock(it),
      () => this.#reset(),
      (it) => this.#lie(it),
      (it) => this.#lie(it),
      (it) => this.#flood(it),
      (it) => this.#flood(it),
    ]
    // Some kinds in each seed, not all: so some seeds have much of one (swarm testing: Groce et al., ISSTA 2012).
    const some = acts.filter(() => this.#dice.chance(0.6))
    this.#acts = some.length > 0 ? some : acts
  }

  act(): void {
    this.#dice.one(this.#acts)(this.#dice.one(this.#world.members))
  }

  /** The faults stop. Whoever keeps its value starts again, of the others some. */
  stop(): void {
    const { network, members } = this.#world
    network.heal()
    network.outOfFiles.clear()
    for (const host of STRANGERS) network.powerOff(host)
    for (const [i, member] of members.entries()) {
      member.ahead = 0
      // A power loss that is to come with its next write is a fault, too.
      member.disk.mend()
      if (member.daemon?.isPaused === true) member.daemon.resume()
      // Whoever starts after all others have, and remembers nobody, finds only those that it was told to join.
      const isJoined = i < JOINED
      if (!member.isOn && (isJoined || member.isDurable || this.#dice.chance(0.5))) this.#start(member)
    }
  }

  #partition(member: Member): void {
    const { network, members } = this.#world
    const part = members.filter((it) => it !== member && this.#dice.chance(0.5)).map((it) => it.host)
    const rest = members.map((it) => it.host).filter((it) => !part.includes(it))
    for (const a of part)
      for (const b of rest) {
        network.cut(a, b)
        network.cut(b, a)
      }
    this.#world.note('partition')
  }

  #cutOneWay(member: Member): void {
    this.#world.network.cut(member.host, this.#dice.one(this.#world.members).host)
    this.#world.note('one way cut')
  }

  #heal(): void {
    if (!this.#world.network.isCut) return
    this.#world.network.heal()
    this.#world.note('heal')
  }

  #kill(member: Member): void {
    if (!member.isOn) return
    member.kill()
    this.#world.note('kill')
  }

  #losePower(member: Member): void {
    if (!member.isOn) return
    this.#world.note('power loss')
    member.losePower()
  }

  #losePowerInAWrite(member: Member): void {
    if (member.isDurable && member.isOn) member.disk.failSoon()
  }

  /** Of what it kept there is another copy. */
  #damage(member: Member): void {
    if (member.isOn || !member.isDurable) return
    const kept = [...keptBy(member).values()]
    const others = this.#world.members.filter((it) => it !== member && it.isDurable).map(keptBy)
    const isCopied = kept.every((it) =>
      others.some((other) => {
        const copy = other.get(it.key)
        return copy !== undefined && !wins(it, copy)
      }),
    )
    if (kept.length > 0 && isCopied && member.damage(this.#dice)) this.#world.note('damaged file')
  }

  #fill({ disk, isDurable }: Member): void {
    if (!isDurable) return
    disk.isFull = true
    this.#world.note('disk full')
    this.#later(() => {
      disk.isFull = false
    })
  }

  #runOutOfFiles({ host }: Member): void {
    const { outOfFiles } = this.#world.network
    outOfFiles.add(host)
    this.#later(() => outOfFiles.delete(host))
  }

  #leave(member: Member): void {
    if (member.daemon === undefined) return
    member.leave()
    this.#world.note('leave')
  }

  #start(member: Member): void {
    if (member.isOn) return
    member.start()
    this.#world.note('start')
  }

  #pause(member: Member): void {
    const { daemon } = member
    if (daemon === undefined || daemon.isPaused) return
    daemon.pause()
    member.pauses += 1
    this.#world.note('pause')
    this.#later(() => {
      if (member.daemon !== daemon || !daemon.isPaused) return
      daemon.resume()
      this.#world.note('resume')
    })
  }

  #stepClock(member: Member): void {
    member.ahead = this.#dice.one([-3 * this.#maxClockDrift, -5000, 0, 5000, 3 * this.#maxClockDrift])
    this.#world.note('clock step')
  }

  #reset(): void {
    const { open } = this.#world.network
    if (open.size === 0) return
    this.#dice.one([...open]).reset()
    this.#world.note('reset')
  }

  #lie({ host }: Member): void {
    this.#world.note(lie(this.#liarWorld(), { host, port: PORT }))
  }

  #liarWorld(): LiarWorld {
    const { members, time, checks } = this.#world
    return {
      dice: this.#dice,
      transport: this.#liar,
      now: () => time.now,
      maxClockDrift: this.#maxClockDrift,
      addresses: members.map((it) => it.address),
      overheard: checks.overheard,
    }
  }

  #flood(member: Member): void {
    const heard = (line: string): void => {
      if (line.includes('try again later')) this.#world.note('turned away')
    }
    const { what, sockets } = flood(this.#dice, this.#flooder, { host: member.host, port: PORT }, heard)
    this.#world.note(what)
    if (MUST_END.includes(what)) this.#mustEnd(member, what, sockets)
  }

  /** Who is silent, speaks half a line or doesn't read goes within the limits, unless the node sleeps or dies meanwhile. */
  #mustEnd(member: Member, what: Flood, sockets: readonly Socket[]): void {
    const { daemon, pauses } = member
    const { time, network } = this.#world
    const ports = new Set(sockets.map((it) => (it as unknown as WorldSocket).local.port))
    time.after(STAY_MS, () => {
      if (daemon === undefined || member.daemon !== daemon || member.pauses !== pauses) return
      for (const it of network.open) {
        const isTheirs = it.isIncoming && it.local.host === member.host && it.remote.host === STRANGERS[1]
        assert.ok(!isTheirs || !ports.has(it.remote.port), `${member.address} lets a flooder stay: ${what}`)
      }
    })
  }

  #later(act: () => void): void {
    this.#world.time.after(this.#dice.between(1000, LONGEST_MS), act)
  }
}

function keptBy({ floor, aside }: Member): Map<string, Value> {
  const kept = new Map(floor)
  for (const it of aside.values()) raise(kept, it)
  return kept
}
