/** One machine of a world, and the daemon on it, if one runs. */
import * as fs from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { formatAddress } from '../../../src/daemon/address/address.ts'
import type { Daemon } from '../../../src/daemon/daemon.ts'
import type { Listener } from '../../../src/daemon/events/event-bus.ts'
import type { DaemonSettings } from '../../../src/daemon/settings.ts'
import { startDaemon } from '../../../src/daemon/start-daemon.ts'
import type { Value } from '../../../src/gossip/value.ts'
import { Dice } from './dice.ts'
import { LossyDisk } from './disk.ts'
import type { WorldNetwork } from './network.ts'
import { ProcessClock } from './time.ts'

export interface MemberSettings {
  readonly seed: number
  readonly number: number
  readonly host: string
  /** Where it keeps its value; undefined for in memory. */
  readonly folder: string | undefined
  readonly daemon: Omit<DaemonSettings, 'listen' | 'log' | 'advertise'>
  readonly log: Logger
  readonly listener: Listener
  happened(what: 'power loss in a write' | 'lost write'): void
}

export const PORT = 7000

export class Member {
  readonly host: string
  readonly address: string
  readonly settings: MemberSettings
  readonly disk: LossyDisk
  readonly #network: WorldNetwork
  daemon: Daemon | undefined
  /** Ms that its wall clock is ahead. */
  ahead = 0
  /** What it held last, by keys, and may not go back from. */
  readonly floor = new Map<string, Value>()
  /** The greatest that it had to set aside, as its clock was set back. */
  readonly aside = new Map<string, Value>()
  /** How often it was stopped and went on. */
  pauses = 0
  #clock: ProcessClock | undefined
  #life = 0

  constructor(network: WorldNetwork, settings: MemberSettings) {
    this.#network = network
    this.settings = settings
    this.host = settings.host
    this.address = String(formatAddress({ host: settings.host, port: PORT }))
    this.disk = new LossyDisk(new Dice(settings.seed, settings.number, 'faults'), () => {
      settings.happened('power loss in a write')
      network.time.after(0, () => this.losePower())
    })
    network.powerOn(this.host)
  }

  get isDurable(): boolean {
    return this.settings.folder !== undefined
  }

  get isOn(): boolean {
    return this.#clock !== undefined
  }

  /** Its wall clock, ms. */
  get wall(): number {
    return this.#clock!.wall()
  }

  start(): void {
    const { seed, number, daemon, folder, log, listener } = this.settings
    this.#network.powerOn(this.host)
    this.#life += 1
    const clock = new ProcessClock(this.#network.time, () => this.ahead)
    this.#clock = clock
    const dice = new Dice(seed, 1000 * this.#life + number, 'nodes')
    if (!this.isDurable) this.forget()
    void startDaemon({
      ...daemon,
      listen: { host: this.host, port: PORT },
      advertise: undefined,
      files: { maxLinks: daemon.limits.maxLinks, own: daemon.limits.maxConnections, common: { left: 0 } },
      dataDir: folder,
      disk: this.disk,
      clock,
      dice: () => dice.random(),
      transport: this.#network.transport(this.host, clock),
      log,
      listener,
    }).then((it) => {
      if (this.#clock === clock) this.daemon = it
      else it.stop('abruptly')
    })
  }

  /** Its process is killed: the system closes its connections. */
  kill(): void {
    this.daemon?.stop('abruptly')
    this.#clock?.end()
    this.daemon = this.#clock = undefined
  }

  /** What it held is lost. */
  forget(): void {
    this.floor.clear()
    this.aside.clear()
  }

  /** It says goodbye, and ends. */
  leave(): void {
    const daemon = this.daemon
    void daemon?.leave().then(() => {
      if (this.daemon === daemon) this.kill()
    })
  }

  losePower(): void {
    this.#network.powerOff(this.host)
    this.kill()
    if (this.isDurable && this.disk.losePower()) this.settings.happened('lost write')
  }

  /** While it is off somebody writes over what it keeps. */
  damage(dice: Dice): boolean {
    const file = join(this.settings.folder!, 'values.jsonl')
    if (!fs.existsSync(file)) return false
    const bytes = fs.readFileSync(file)
    if (bytes.length === 0) return false
    bytes[dice.below(bytes.length)]! ^= 1 << dice.below(8)
    fs.writeFileSync(file, bytes.subarray(0, dice.chance(0.5) ? bytes.length : dice.below(bytes.length)))
    this.forget()
    return true
  }
}
