/** A peer made of a bare server: it notes what comes and answers nothing. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { ask, type Json } from './client.ts'

export class FakePeer {
  readonly address: string
  readonly messages: Json[] = []
  /** Connections that were ever made to it. */
  accepted = 0
  readonly open = new Set<Socket>()

  private constructor(address: string) {
    this.address = address
  }

  /** @param reads false: it accepts connections and never reads a byte */
  static async start(t: TestContext, { host = '127.0.0.1', port = 0, reads = true } = {}): Promise<FakePeer> {
    const server = createServer((socket) => peer.#accept(socket, reads))
    server.listen(port, host)
    await once(server, 'listening')
    const peer = new FakePeer(`${host}:${(server.address() as AddressInfo).port}`)
    t.after(() => {
      server.close()
      for (const socket of peer.open) socket.destroy()
    })
    return peer
  }

  /** The values that came, in order. */
  get values(): string[] {
    return this.messages.filter((it) => it.type === 'value').map((it) => it.value)
  }

  #accept(socket: Socket, reads: boolean): void {
    this.accepted += 1
    this.open.add(socket)
    socket.on('close', () => this.open.delete(socket))
    socket.on('error', () => {})
    if (!reads) {
      socket.pause()
      return
    }
    let rest = ''
    socket.setEncoding('utf8').on('data', (text) => {
      const lines = `${rest}${text}`.split('\n')
      rest = lines.pop()!
      this.messages.push(...lines.map((line) => JSON.parse(line)))
    })
  }
}

/** Makes a node know a peer. @returns the welcome */
export function introduce(t: TestContext, node: string, peer: string): Promise<Json> {
  return ask(t, node, { type: 'hi', from: peer, peers: [{ address: peer, heartbeat: Date.now() }] })
}

/** An address on which nothing listens any more. */
export async function closedAddress(host = '127.0.0.1'): Promise<string> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `${host}:${port}`
}
