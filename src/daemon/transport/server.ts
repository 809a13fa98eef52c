/** Listens, and hands each line of each connection to the daemon. */
import type { Server as NetServer, Socket } from 'node:net'
import type { Endpoint } from '../address/address.ts'
import { type Clock, realClock } from '../clock.ts'
import { encodeError } from '../wire.ts'
import { Connection, type ConnectionLimits } from './connection.ts'
import type { Guests } from './guests.ts'
import type { MemoryBudget } from './memory-budget.ts'
import { plain, type Transport } from './transport.ts'

/** What came in on a connection is answered on it. @throws {ProtocolError} to answer an error and close */
export type Answer = (line: string, connection: Incoming) => void

/** A connection that someone else opened. */
export interface Incoming {
  /** Where it comes from: the remote address, as the system tells it. */
  readonly host: string
  send(line: string): boolean
  /** It asked to watch: calls `end` when it is over, and never closes it for being silent. */
  watch(end: () => void): void
  close(): void
}

export class Server {
  readonly #net: NetServer
  readonly #transport: Transport
  readonly #connections = new Set<Connection>()
  readonly #limits: ConnectionLimits
  readonly #answer: Answer
  readonly #guests: Guests
  readonly #memory: MemoryBudget
  readonly #full: () => void
  readonly #clock: Clock
  #paused = false

  /** @param guests whom it does not let in is told why, and closed @param full called each time that happens */
  constructor(
    answer: Answer,
    limits: ConnectionLimits,
    guests: Guests,
    memory: MemoryBudget,
    transport: Transport = plain,
    full: () => void = () => {},
    clock: Clock = realClock,
  ) {
    this.#answer = answer
    this.#limits = limits
    this.#guests = guests
    this.#memory = memory
    this.#full = full
    this.#clock = clock
    this.#transport = transport
    this.#net = transport.serve(
      (socket) => this.#admit(socket),
      (socket) => this.#accept(socket),
    )
  }

  /** Connections that are open. */
  get size(): number {
    return this.#connections.size
  }

  /**
   * @param failed told of what fails later, as a connection that can't be accepted: that is no reason to end
   * @returns the port, chosen by the system if 0 was asked for. @throws if it can't listen there
   */
  async listen({ host, port }: Endpoint, failed: (error: Error) => void = () => {}): Promise<number> {
    const [address] = await this.#transport.addressesOf(host)
    return new Promise((resolve, reject) => {
      this.#net.once('error', reject)
      this.#net.listen(port, address, () => {
        this.#net.off('error', reject)
        this.#net.on('error', failed)
        const bound = this.#net.address()
        resolve(typeof bound === 'object' && bound !== null ? bound.port : port)
      })
    })
  }

  pause(): void {
    this.#paused = true
    for (const connection of this.#connections) connection.pause()
  }

  resume(): void {
    this.#paused = false
    for (const connection of this.#connections) connection.resume()
  }

  /** Takes no more connections and ends the open ones: in good order, or as a crash would. */
  close(how: 'gently' | 'abruptly'): void {
    this.#net.close()
    for (const connection of this.#connections) how === 'gently' ? connection.close() : connection.destroy()
  }

  /** Counted until it is closed, whether or not it ever gets as far as to be accepted. */
  #admit(socket: Socket): string | undefined {
    const why = this.#guests.admit(socket)
    if (why === undefined) return undefined
    this.#full()
    return encodeError(`${why}: try again later`)
  }

  #accept(socket: Socket): void {
    // A client that says that no more comes still gets its answers.
    socket.allowHalfOpen = true
    const guest = this.#guests.of(socket)
    // It closed meanwhile, or had to make room.
    if (guest === undefined) return void socket.destroy()
    const ends: (() => void)[] = []
    const incoming: Incoming = {
      host: guest.host,
      send: (line) => connection.send(line),
      watch: (end) => {
        ends.push(end)
        guest.heardAt = Number.POSITIVE_INFINITY
        connection.keepOpen()
      },
      close: () => connection.close(),
    }
    const events = {
      line: (text: string) => {
        guest.heardAt = Math.max(guest.heardAt, this.#clock.now())
        this.#answer(text, incoming)
      },
      closed: () => {
        this.#connections.delete(connection)
        for (const end of ends) end()
      },
    }
    const connection = new Connection(socket, this.#limits, events, this.#memory, this.#clock)
    guest.sendAway = (why) => {
      connection.send(encodeError(why))
      connection.close()
    }
    this.#connections.add(connection)
    if (this.#paused) connection.pause()
  }
}
