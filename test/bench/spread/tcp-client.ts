/** A value to all as a user sees it: a client that watches each node, and hands in a value over a connection of its own. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientWords } from './kind.ts'
import { CHARACTERS, FIRST, monotonic } from './node-channel.ts'

const UPDATED = '"event":"updated"'

export const OURS: ClientWords = {
  watch: '{"type":"watch"}',
  hand: (value) =>
    JSON.stringify({ type: 'value', value: String(value).padEnd(CHARACTERS), timestamp: FIRST + value }),
  heard: (line) => (line.includes(UPDATED) ? JSON.parse(line).timestamp - FIRST : undefined),
}

export const BARE: ClientWords = {
  watch: 'watch',
  hand: (value) => `hand ${String(value).padEnd(CHARACTERS)}`,
  heard: (line) => Number.parseInt(line, 10),
}

/** Ms until a node has surely heard that it is watched. */
const SETTLE_MS = 1000
const CONNECT_MS = 10_000

export class TcpClient {
  readonly #words: ClientWords
  readonly #ports: readonly number[]
  readonly #sockets: Socket[] = []
  readonly #counts = new Map<number, number>()
  /** When the last node was heard to say so, by value. */
  readonly #toAllAt = new Map<number, number>()

  constructor(words: ClientWords, ports: readonly number[]) {
    this.#words = words
    this.#ports = ports
  }

  async watch(): Promise<void> {
    for (const port of this.#ports) {
      const socket = await this.#open(port)
      onLines(socket, (line) => this.#hear(this.#words.heard(line)))
      socket.write(`${this.#words.watch}\n`)
    }
    await sleep(SETTLE_MS)
  }

  /** To a node at random. @returns ms until the client heard all of them say so; undefined if not within `patience` ms */
  async hand(value: number, patience: number): Promise<number | undefined> {
    const from = monotonic()
    const socket = await this.#open(this.#ports[Math.floor(Math.random() * this.#ports.length)]!)
    onLines(socket, () => socket.destroy())
    socket.write(`${this.#words.hand(value)}\n`)
    for (let waited = 0; waited < patience && !this.#toAllAt.has(value); waited += 2) await sleep(2)
    const at = this.#toAllAt.get(value)
    return at === undefined ? undefined : at - from
  }

  end(): void {
    for (const it of this.#sockets) it.destroy()
  }

  #hear(value: number | undefined): void {
    if (value === undefined) return
    const count = (this.#counts.get(value) ?? 0) + 1
    this.#counts.set(value, count)
    if (count === this.#ports.length) this.#toAllAt.set(value, monotonic())
  }

  async #open(port: number): Promise<Socket> {
    const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('utf8')
    this.#sockets.push(socket)
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) })
    return socket.on('error', () => {})
  }
}

export function onLines(socket: NodeJS.ReadableStream, hear: (line: string) => void): void {
  let rest = ''
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    for (const it of lines) hear(it)
  })
}
