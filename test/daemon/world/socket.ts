/** One end of a connection, enough like a socket of Node's: its bytes go over a way of the world's network. */
import { Duplex } from 'node:stream'
import type { Endpoint } from '../../../src/daemon/address/address.ts'
import type { CallOff } from '../../../src/daemon/clock.ts'
import { HIGH_WATER_BYTES } from '../../../src/daemon/transport/transport.ts'
import type { VirtualTime } from './time.ts'

/** Bytes that the system takes before the other end has read them. */
const WINDOW_BYTES = 16_384

/** One direction of a connection: what is sent arrives in its order, sooner or later, or never. */
export interface Way {
  send(arrive: () => void): void
}

export interface SocketWorld {
  readonly time: VirtualTime
  /** It sends these bytes. */
  said(from: WorldSocket, bytes: Buffer): void
  /** In how many parts these bytes arrive. */
  parts(bytes: Buffer): readonly Buffer[]
  isUp(host: string): boolean
  happened(what: 'half-open'): void
  closed(socket: WorldSocket): void
}

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: in the world`), { code })
}

export class WorldSocket extends Duplex {
  readonly local: Endpoint
  readonly remote: Endpoint
  /** The process at this end has not opened it. */
  readonly isIncoming: boolean
  connecting: boolean
  readonly #world: SocketWorld
  readonly #way: Way
  #peer: WorldSocket | undefined
  /** Came, and was not asked for yet. */
  #inbox: Buffer[] = []
  #isAll = false
  #isWanted = false
  /** Bytes on the way to the other end, or there and unread. */
  #unread = 0
  /** What waits for the connection, or for room. */
  #blocked: (() => void) | undefined
  #isSilent = false
  #hasEnded = false
  #idle = 0
  #activeAt = 0
  #timer: CallOff | undefined

  constructor(world: SocketWorld, local: Endpoint, remote: Endpoint, way: Way, isIncoming: boolean) {
    super({ allowHalfOpen: false, highWaterMark: HIGH_WATER_BYTES })
    this.#world = world
    this.local = local
    this.remote = remote
    this.#way = way
    this.isIncoming = isIncoming
    this.connecting = !isIncoming
  }

  get remoteAddress(): string | undefined {
    return this.connecting || this.destroyed ? undefined : this.remote.host
  }

  get remotePort(): number | undefined {
    return this.connecting || this.destroyed ? undefined : this.remote.port
  }

  /** Bytes that it holds. */
  get held(): number {
    return this.readableLength + this.writableLength
  }

  join(peer: WorldSocket): void {
    this.#peer = peer
  }

  /** The other end has taken the connection. */
  opened(): void {
    if (this.destroyed) {
      this.#way.send(() => this.#peer?.reset())
      return
    }
    this.connecting = false
    this.#touch()
    this.emit('connect')
    const act = this.#blocked
    this.#blocked = undefined
    act?.()
  }

  reset(code = 'ECONNRESET'): void {
    if (!this.destroyed) this.destroy(systemError(code))
  }

  /** Its machine has no power: the other end hears nothing of it. */
  vanish(): void {
    this.#isSilent = true
    this.destroy()
  }

  setNoDelay(): this {
    return this
  }

  /** Where nobody is any more that is found in the end. */
  setKeepAlive(_isOn: boolean, ms: number): this {
    const peer = this.#peer
    const look = (): void => {
      if (this.destroyed) return
      if (peer?.destroyed !== false || !this.#world.isUp(this.remote.host)) this.reset('ETIMEDOUT')
      else this.#world.time.after(ms, look)
    }
    this.#world.time.after(ms, look)
    return this
  }

  setTimeout(ms: number, act?: () => void): this {
    if (act !== undefined) this.once('timeout', act)
    this.#idle = ms
    this.#timer?.()
    this.#timer = undefined
    if (ms > 0) {
      this.#activeAt = this.#world.time.now
      this.#lookIn(ms)
    }
    return this
  }

  override _read(): void {
    this.#isWanted = true
    this.#handOn()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#whenOpen(() => this.#transmit(chunk, done))
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: () => void): void {
    this._write(Buffer.concat(chunks.map((it) => it.chunk)), 'utf8', done)
  }

  override _final(done: () => void): void {
    this.#whenOpen(() => {
      this.#end()
      done()
    })
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#timer?.()
    this.#world.closed(this)
    const isUnread = this.#inbox.length > 0 || this.readableLength > 0
    if (!this.#isSilent && !this.connecting) {
      if (isUnread || error !== null) this.#way.send(() => this.#peer?.reset())
      else this.#end()
    }
    this.#inbox = []
    done(error)
  }

  #whenOpen(act: () => void): void {
    if (this.connecting) this.#blocked = act
    else act()
  }

  #end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#way.send(() => this.#peer?.allCame())
  }

  #transmit(bytes: Buffer, done: () => void): void {
    this.#touch()
    this.#world.said(this, bytes)
    this.#unread += bytes.length
    for (const part of this.#world.parts(bytes)) this.#way.send(() => this.#peer?.came(part))
    if (this.#unread <= WINDOW_BYTES) done()
    else this.#blocked = done
  }

  came(bytes: Buffer): void {
    // Nobody is there any more.
    if (this.destroyed) {
      if (this.#isSilent) this.#world.happened('half-open')
      this.#way.send(() => this.#peer?.reset())
      return
    }
    this.#touch()
    this.#inbox.push(bytes)
    this.#handOn()
  }

  allCame(): void {
    this.#isAll = true
    if (!this.destroyed) this.#handOn()
  }

  #handOn(): void {
    while (this.#isWanted && this.#inbox.length > 0) {
      const bytes = this.#inbox.shift()!
      this.#isWanted = this.push(bytes)
      this.#peer?.taken(bytes.length)
    }
    if (this.#isAll && this.#inbox.length === 0 && !this.readableEnded) {
      this.#isAll = false
      this.push(null)
    }
  }

  taken(bytes: number): void {
    this.#unread -= bytes
    const act = this.#blocked
    if (act === undefined || this.connecting || this.#unread > WINDOW_BYTES / 2) return
    this.#blocked = undefined
    this.#world.time.after(0, () => {
      if (!this.destroyed) act()
    })
  }

  #touch(): void {
    this.#activeAt = this.#world.time.now
  }

  /** One timer for many bytes: it looks when the silence that it was set for would be over. */
  #lookIn(ms: number): void {
    this.#timer = this.#world.time.after(ms, () => {
      const left = this.#activeAt + this.#idle - this.#world.time.now
      if (left > 0) this.#lookIn(left)
      else this.emit('timeout')
    })
  }
}
