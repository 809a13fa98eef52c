/** A client of a node as anyone would write it: a bare socket, JSON lines. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Lifetime } from './lifetime.ts'
import { until } from './until.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
export type Json = any

export class Client {
  readonly socket: Socket
  /** The lines that came, as they came. */
  readonly lines: string[] = []
  isClosed = false
  #rest = ''
  #read = 0

  /** @param socket one that is not a bare one */
  constructor(t: Lifetime, address: string, socket?: Socket) {
    const [host, port] = address.split(':')
    this.socket = socket ?? connect(Number(port), host)
    this.socket.setEncoding('utf8')
    this.socket.on('data', (text) => {
      const parts = `${this.#rest}${text}`.split('\n')
      this.#rest = parts.pop()!
      this.lines.push(...parts)
    })
    this.socket.on('error', () => {})
    this.socket.on('close', () => {
      this.isClosed = true
    })
    t.after(() => void this.socket.destroy())
  }

  /** @param localAddress where it comes from */
  static async open(t: Lifetime, address: string, localAddress?: string): Promise<Client> {
    const [host = '', port] = address.split(':')
    const socket =
      localAddress === undefined ? undefined : connect({ host, port: Number(port), localAddress })
    const client = new Client(t, address, socket)
    await once(client.socket, 'connect')
    return client
  }

  write(bytes: string | Buffer): void {
    this.socket.write(bytes)
  }

  say(...messages: object[]): void {
    this.write(messages.map((it) => `${JSON.stringify(it)}\n`).join(''))
  }

  /** The next line, parsed. @throws if the connection is closed without one */
  async next(): Promise<Json> {
    const line = await until('another line', () => {
      const found = this.lines[this.#read]
      if (found === undefined && this.isClosed) throw new Error('closed before another line')
      return found
    })
    this.#read += 1
    return JSON.parse(line)
  }

  async ask(message: object): Promise<Json> {
    this.say(message)
    return this.next()
  }

  async closed(): Promise<void> {
    await until('the connection is closed', () => this.isClosed)
  }
}

/** Asks one thing over a connection of its own. */
export async function ask(t: Lifetime, address: string, message: object): Promise<Json> {
  const client = await Client.open(t, address)
  const answer = await client.ask(message)
  client.socket.destroy()
  return answer
}
