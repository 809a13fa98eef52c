/**
 * Those that came in. Where no more may, the one that was silent for longest makes room: a place is for who uses it,
 * and who is sent away for another's sake can come again.
 */
import type { Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import type { ConnectionGate } from './connection-gate.ts'
import { remoteHost } from './transport.ts'

/** Ms of silence until which nobody is sent away. */
const SILENT_MS = 250

export interface Guest {
  /** Where it comes from: the remote address, as the system tells it. */
  readonly host: string
  /** When it last said something, or came; never for one that only listens, and is not sent away. */
  heardAt: number
  /** Says why, if it can be told, and closes. */
  sendAway(why: string): void
}

export class Guests {
  readonly #gate: ConnectionGate
  readonly #clock: Clock
  readonly #guests = new Map<string, Guest>()

  constructor(gate: ConnectionGate, clock: Clock) {
    this.#gate = gate
    this.#clock = clock
  }

  /** @returns why it may not come in; undefined if it is in, until its socket is closed */
  admit(socket: Socket): string | undefined {
    const host = remoteHost(socket)
    let isIn = this.#gate.enter(host)
    if (!isIn) {
      const { isOfHost } = this.#gate.refusal(host)!
      isIn = this.#makeRoom(isOfHost ? host : undefined) && this.#gate.enter(host)
    }
    if (!isIn) return this.#gate.refusal(host)!.why
    const key = keyOf(socket)
    const guest = { host, heardAt: this.#clock.now(), sendAway: () => void socket.destroy() }
    this.#guests.set(key, guest)
    socket.once('close', () => this.#leave(key, guest))
    return undefined
  }

  /** One that was admitted; of its socket, or of one that was made of it. */
  of(socket: Socket): Guest | undefined {
    return this.#guests.get(keyOf(socket))
  }

  #leave(key: string, guest: Guest): void {
    if (this.#guests.get(key) !== guest) return
    this.#guests.delete(key)
    this.#gate.leave(guest.host)
  }

  /** Strangers go before the hosts of peers. @param host only one of that host makes room */
  #makeRoom(host: string | undefined): boolean {
    const before = this.#clock.now() - SILENT_MS
    let silent: [string, Guest] | undefined
    let isPeer = true
    for (const [key, guest] of this.#guests) {
      if (guest.heardAt > before || (host !== undefined && guest.host !== host)) continue
      const isOfPeer = this.#gate.isHostOfPeer(guest.host)
      if (isOfPeer && !isPeer) continue
      if (silent !== undefined && isOfPeer === isPeer && guest.heardAt >= silent[1].heardAt) continue
      silent = [key, guest]
      isPeer = isOfPeer
    }
    if (silent === undefined) return false
    this.#leave(...silent)
    silent[1].sendAway('this connection was silent for longest, and another one needs its place')
    return true
  }
}

/** The same for a socket and for the one that TLS makes of it. */
function keyOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`
}
