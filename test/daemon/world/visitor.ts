/** Somebody who is no node and connects to one, as a client or an attacker. */
import type { Socket } from 'node:net'
import type { Endpoint } from '../../../src/daemon/address/address.ts'
import { LineReader } from '../../../src/daemon/transport/line-reader.ts'
import type { Transport } from '../../../src/daemon/transport/transport.ts'

/**
 * @param said what it says at once
 * @param heard called with each line that comes back
 */
export function visit(
  transport: Transport,
  to: Endpoint,
  said: string,
  heard: (line: string, socket: Socket) => void = () => {},
): Socket {
  const lines = new LineReader(1 << 20)
  const socket = transport.connect(to, () => {})
  socket.on('error', () => {})
  socket.on('data', (bytes: Buffer) => {
    for (const line of lines.read(bytes)) heard(line, socket)
  })
  socket.write(said)
  return socket
}

export function lineOf(message: object): string {
  return `${JSON.stringify(message)}\n`
}
