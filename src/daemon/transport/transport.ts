/** How bytes get from node to node: plain TCP, or what stands in for it. Nothing else opens a socket. */
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from '../address/address.ts'
import { boundedLookup } from '../address/name-lookup.ts'

export interface Transport {
  /** Is nobody heard who is not one of us? */
  readonly isSecure: boolean
  /**
   * A server that does not listen yet.
   * @param admit asked of each connection at once, before a byte of it is read; if it says no it is closed
   * @param accept called with each connection, once it may be heard
   */
  serve(admit: (socket: Socket) => boolean, accept: (socket: Socket) => void): Server
  /** @param opened called when it is connected; what is written before waits until then */
  connect(to: Endpoint, opened: () => void): Socket
}

/** Bytes that wait in a socket, unread or unsent, before it takes no more: each of a thousand strangers may have so many. */
const HIGH_WATER_BYTES = 16_384

export const plain: Transport = {
  isSecure: false,
  serve: (admit, accept) =>
    createServer({ highWaterMark: HIGH_WATER_BYTES }, (socket) => {
      if (admit(socket)) accept(socket)
      else socket.destroy()
    }),
  connect: ({ host, port }, opened) => connect({ host, port, lookup: boundedLookup }).once('connect', opened),
}
