/** The network of a world: hosts with addresses, ways between them that may be cut, and names for some. */
import { EventEmitter } from 'node:events'
import type { Server, Socket } from 'node:net'
import { type Endpoint, formatAddress } from '../../../src/daemon/address/address.ts'
import type { Clock } from '../../../src/daemon/clock.ts'
import { Doorkeeper } from '../../../src/daemon/transport/doorkeeper.ts'
import type { Transport } from '../../../src/daemon/transport/transport.ts'
import type { Dice } from './dice.ts'
import { type SocketWorld, systemError, type Way, WorldSocket } from './socket.ts'
import type { VirtualTime } from './time.ts'

/** Ms after a way is whole again until what waited goes on: senders try again ever more seldom. */
const RETRY_MS = 3000
/** The share of what is sent that arrives in two parts. */
const SPLIT = 0.1

export type NetworkFault =
  | 'refused'
  | 'no host'
  | 'held up'
  | 'no name'
  | 'split'
  | 'half-open'
  | 'out of files'

export interface NetworkEvents {
  said(from: WorldSocket, bytes: Buffer): void
  /** A fault of the network hit somebody. */
  happened(what: NetworkFault): void
}

export class WorldNetwork implements SocketWorld {
  readonly time: VirtualTime
  readonly open = new Set<WorldSocket>()
  /** Hosts whose processes have no file descriptor left for a connection. */
  readonly outOfFiles = new Set<string>()
  readonly #dice: Dice
  readonly #events: NetworkEvents
  readonly #latency: { readonly from: number; readonly to: number }
  readonly #listening = new Map<string, (socket: Socket) => void>()
  readonly #names = new Map<string, readonly string[]>()
  /** Hosts that exist, and have power. */
  readonly #up = new Map<string, boolean>()
  readonly #cut = new Set<string>()
  readonly #waiting = new Map<string, (() => void)[]>()
  #port = 0

  constructor(
    time: VirtualTime,
    dice: Dice,
    latency: { readonly from: number; readonly to: number },
    events: NetworkEvents,
  ) {
    this.time = time
    this.#dice = dice
    this.#latency = latency
    this.#events = events
  }

  said(from: WorldSocket, bytes: Buffer): void {
    this.#events.said(from, bytes)
  }

  happened(what: 'half-open'): void {
    this.#events.happened(what)
  }

  /** Often it arrives whole. */
  parts(bytes: Buffer): readonly Buffer[] {
    if (bytes.length < 2 || !this.#dice.chance(SPLIT)) return [bytes]
    this.#events.happened('split')
    const at = 1 + this.#dice.below(bytes.length - 1)
    return [bytes.subarray(0, at), bytes.subarray(at)]
  }

  closed(socket: WorldSocket): void {
    this.open.delete(socket)
  }

  name(name: string, hosts: readonly string[]): void {
    this.#names.set(name, hosts)
  }

  powerOn(host: string): void {
    this.#up.set(host, true)
    this.#goOn((it) => it.endsWith(`>${host}`))
  }

  /** Nobody is told. */
  powerOff(host: string): void {
    this.#up.set(host, false)
    for (const socket of this.open) if (socket.local.host === host) socket.vanish()
  }

  isUp(host: string): boolean {
    return this.#up.get(host) === true
  }

  cut(from: string, to: string): void {
    this.#cut.add(`${from}>${to}`)
  }

  get isCut(): boolean {
    return this.#cut.size > 0
  }

  heal(): void {
    this.#cut.clear()
    this.#goOn(() => true)
  }

  /** What a process on that host has of it. */
  transport(host: string, clock: Clock): Transport {
    const doorkeeper = new Doorkeeper(clock)
    return {
      isSecure: false,
      addressesOf: async (name) => this.#lookUp(name),
      connect: (to, opened) => this.#connect(host, to).once('connect', opened) as unknown as Socket,
      serve: (admit, accept) => this.#serve(host, (socket) => doorkeeper.meet(socket, admit, accept)),
    }
  }

  #lookUp(name: string): readonly string[] {
    if (/^[\d.]+$/.test(name)) return [name]
    const found = this.#names.get(name)
    if (found !== undefined && !this.#dice.chance(0.2)) return found
    this.#events.happened('no name')
    throw systemError('ENOTFOUND')
  }

  #serve(host: string, met: (socket: Socket) => void): Server {
    const listening = this.#listening
    let at = ''
    let bound: Endpoint | undefined
    const server = Object.assign(new EventEmitter(), {
      listen: (port: number, _host: string, done: () => void) => {
        bound = { host, port }
        at = String(formatAddress(bound))
        this.time.after(0, () => {
          if (listening.has(at)) return void server.emit('error', systemError('EADDRINUSE'))
          listening.set(at, met)
          done()
        })
      },
      address: () => bound,
      close: () => {
        if (listening.get(at) === met) listening.delete(at)
      },
    })
    return server as unknown as Server
  }

  #connect(host: string, to: Endpoint): WorldSocket {
    const local = { host, port: 10_000 + (this.#port++ % 50_000) }
    const [there, back] = [this.#way(host, to.host), this.#way(to.host, host)]
    const socket = new WorldSocket(this, local, to, there, false)
    this.open.add(socket)
    if (this.outOfFiles.has(host)) {
      this.#events.happened('out of files')
      this.time.after(0, () => socket.reset('EMFILE'))
      return socket
    }
    there.send(() => {
      const met = this.#listening.get(String(formatAddress(to)))
      if (met === undefined) {
        this.#events.happened('refused')
        return back.send(() => socket.reset('ECONNREFUSED'))
      }
      const other = new WorldSocket(this, to, local, back, true)
      this.open.add(other)
      socket.join(other)
      other.join(socket)
      met(other as unknown as Socket)
      back.send(() => socket.opened())
    })
    return socket
  }

  #way(from: string, to: string): Way {
    const name = `${from}>${to}`
    let last = 0
    const arrive = (act: () => void): void => {
      if (this.isUp(to) && !this.#cut.has(name) && !this.#waiting.has(name)) {
        act()
        return
      }
      this.#events.happened(this.#cut.has(name) ? 'held up' : 'no host')
      if (!this.#up.has(to)) return
      const waiting = this.#waiting.get(name) ?? []
      waiting.push(act)
      this.#waiting.set(name, waiting)
    }
    return {
      send: (act) => {
        last = Math.max(last, this.time.now + this.#dice.between(this.#latency.from, this.#latency.to))
        this.time.after(last - this.time.now, () => arrive(act))
      },
    }
  }

  #goOn(which: (way: string) => boolean): void {
    for (const name of this.#waiting.keys())
      if (which(name)) this.time.after(this.#dice.between(0, RETRY_MS), () => this.#release(name))
  }

  #release(name: string): void {
    if (this.#cut.has(name) || !this.isUp(name.slice(name.indexOf('>') + 1))) return
    const waiting = this.#waiting.get(name) ?? []
    this.#waiting.delete(name)
    for (const act of waiting) act()
  }
}
