/** A peer made of a bare server: it notes what comes and answers nothing, unless it is to welcome. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import type { Daemon } from '../../src/daemon/daemon.ts'
import { ask, type Json } from './client.ts'
import { until } from './until.ts'

export class FakePeer {
  readonly address: string
  readonly messages: Json[] = []
  /** Connections that were ever made to it. */
  accepted = 0
  readonly open = new Set<Socket>()
  readonly #server: Server

  private constructor(address: string, server: Server) {
    this.address = address
    this.#server = server
  }

  /**
   * @param reads false: it accepts connections and never reads a byte
   * @param welcomes true: it answers a hi
   */
  static async start(
    t: TestContext,
    { host = '127.0.0.1', port = 0, reads = true, welcomes = false } = {},
  ): Promise<FakePeer> {
    const server = createServer((socket) => peer.#accept(socket, reads, welcomes))
    server.listen(port, host)
    await once(server, 'listening')
    const peer = new FakePeer(`${host}:${(server.address() as AddressInfo).port}`, server)
    t.after(() => peer.close())
    return peer
  }

  /** Nothing listens there any more. */
  close(): void {
    this.#server.close()
    for (const socket of this.open) socket.destroy()
  }

  /** The values that came, in order. */
  get values(): string[] {
    return this.messages.filter((it) => it.type === 'value').map((it) => it.value)
  }

  #welcome(): string {
    const peers = [{ address: this.address, heartbeat: Date.now() }]
    return JSON.stringify({ type: 'welcome', from: this.address, peers })
  }

  #accept(socket: Socket, reads: boolean, welcomes: boolean): void {
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
      const messages: Json[] = lines.map((line) => JSON.parse(line))
      this.messages.push(...messages)
      if (welcomes && messages.some((it) => it.type === 'hi')) socket.write(`${this.#welcome()}\n`)
    })
  }
}

/** Makes a node know a peer. @returns the welcome */
export function introduce(t: TestContext, node: string, peer: string): Promise<Json> {
  return ask(t, node, { type: 'hi', from: peer, peers: [{ address: peer, heartbeat: Date.now() }] })
}

/** Makes a node know these, which take connections: some at a time. */
export async function introduceAll(t: TestContext, node: Daemon, peers: readonly FakePeer[]): Promise<void> {
  for (const { address } of peers) await introduce(t, node.address, address)
  await until('all are known', () => peers.every(({ address }) => node.knows(address)))
}

/** Makes a node know a peer that goes away then. @param at where the node listens @returns where the peer was */
export async function introduceLost(
  t: TestContext,
  node: Daemon,
  at = node.address,
  host = '127.0.0.1',
): Promise<string> {
  const peer = await FakePeer.start(t, { host, welcomes: true })
  const { address } = peer
  await ask(t, at, { type: 'hi', from: address, peers: [{ address, heartbeat: 1 }] })
  // Of what it says itself when it is asked the heartbeat is greater.
  const isMet = () => node.status().peers.some((it) => it.address === address && it.heartbeat! > 1)
  await until('it has answered', isMet)
  peer.close()
  return peer.address
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
