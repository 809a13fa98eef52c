/** How bytes get from node to node: plain TCP, or what stands in for it. Nothing else opens a socket. */
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from '../address/address.ts'
import { plainHost } from '../address/address-scope.ts'
import { addressesOf, boundedLookup } from '../address/name-lookup.ts'
import { Doorkeeper } from './doorkeeper.ts'

export interface Transport {
  /** Is nobody heard who is not one of us? */
  readonly isSecure: boolean
  /** All addresses of a name. @throws {Error} one line */
  readonly addressesOf: (host: string) => Promise<readonly string[]>
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
export const HIGH_WATER_BYTES = 16_384

const doorkeeper = new Doorkeeper()

export const plain: Transport = {
  isSecure: false,
  addressesOf,
  serve: (admit, accept) =>
    createServer({ highWaterMark: HIGH_WATER_BYTES }, (socket) => doorkeeper.meet(socket, admit, accept)),
  connect: ({ host, port }, opened) => connect({ host, port, lookup: boundedLookup }).once('connect', opened),
}

/** The address of the other end, as the system tells it. */
export function remoteHost({ remoteAddress = '' }: Socket): string {
  return plainHost(remoteAddress)
}
