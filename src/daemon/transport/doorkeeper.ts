/** Lets connections in, or tells them why not, and closes them. */
import type { Socket } from 'node:net'
import { type Clock, realClock } from '../clock.ts'

/** Those that read why they may not come in, for a moment: each takes a file descriptor. */
const MAX_TURNED_AWAY = 16
const READ_MS = 500

export class Doorkeeper {
  readonly #clock: Clock
  readonly #turnedAway = new Set<Socket>()

  constructor(clock: Clock = realClock) {
    this.#clock = clock
  }

  /** @param admit a line: it is told that, and closed */
  meet(socket: Socket, admit: (it: Socket) => string | undefined, accept: (it: Socket) => void): void {
    const why = admit(socket)
    if (why === undefined) accept(socket)
    else if (this.#turnedAway.size < MAX_TURNED_AWAY) this.#turnAway(socket, why)
    else socket.destroy()
  }

  #turnAway(socket: Socket, why: string): void {
    this.#turnedAway.add(socket)
    const callOff = this.#clock.after(READ_MS, () => socket.destroy())
    socket.on('error', () => {})
    socket.once('close', () => {
      callOff()
      this.#turnedAway.delete(socket)
    })
    // What it says is passed over: unread it would cut off what it is told.
    socket.resume()
    socket.end(why)
  }
}
