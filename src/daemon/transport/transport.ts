/** How bytes get from node to node: plain TCP, or what stands in for it. Nothing else opens a socket. */
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from '../address/address.ts'
import { boundedLookup } from '../address/name-lookup.ts'

export interface Transport {
  /** Is nobody heard who is not one of us? */
  readonly isSecure: boolean
  /**
   * A server that does not listen yet.
   * @param admit asked of each connection at once, before a byte of it is read; a line: it is told that, and closed
   * @param accept called with each connection, once it may be heard
   */
  serve(admit: (socket: Socket) => string | undefined, accept: (socket: Socket) => void): Server
  /** @param opened called when it is connected; what is written before waits until then */
  connect(to: Endpoint, opened: () => void): Socket
}

/** Bytes that wait in a socket, unread or unsent, before it takes no more: each of a thousand strangers may have so many. */
const HIGH_WATER_BYTES = 16_384

export const plain: Transport = {
  isSecure: false,
  serve: (admit, accept) =>
    createServer({ highWaterMark: HIGH_WATER_BYTES }, (socket) => {
      const why = admit(socket)
      if (why === undefined) accept(socket)
      else turnAway(socket, why)
    }),
  connect: ({ host, port }, opened) => connect({ host, port, lookup: boundedLookup }).once('connect', opened),
}

/** Those that read why they may not come in, for a moment: each takes a file descriptor. */
const turnedAway = new Set<Socket>()
const MAX_TURNED_AWAY = 16
const READ_MS = 500

function turnAway(socket: Socket, why: string): void {
  if (turnedAway.size >= MAX_TURNED_AWAY) return void socket.destroy()
  turnedAway.add(socket)
  const timer = setTimeout(() => socket.destroy(), READ_MS)
  socket.on('error', () => {})
  socket.once('close', () => {
    clearTimeout(timer)
    turnedAway.delete(socket)
  })
  // What it says is passed over: unread it would cut off what it is told.
  socket.resume()
  socket.end(why)
}
