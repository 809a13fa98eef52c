/** A client that knows nothing but the wire: one line out, one line back, as with nc. */
import { connect } from 'node:net'

/** What tests look at in a status. */
export interface Status {
  readonly address: string
  readonly strategy: string
  readonly membership: string
  readonly value: string | null
  readonly timestamp: number | null
  /** Seconds since it was started. */
  readonly uptime: number
  readonly peers: readonly { readonly address: string; readonly met?: false }[]
}

interface Ack {
  readonly type: string
  readonly outcome?: string
  readonly error?: string
  readonly reason?: string
}

/** Sends the text, says that no more comes, and reads until the node closes. */
export function exchange(port: number, text: string, timeout = 5000): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect({ host: '127.0.0.1', port })
    socket.setEncoding('utf8')
    socket.setTimeout(timeout, () => socket.destroy(new Error(`port ${port}: silent for ${timeout} ms`)))
    socket.on('data', (chunk: string) => {
      answer += chunk
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(answer))
    socket.end(text)
  })
}

async function ask<T>(port: number, message: object): Promise<T> {
  const answer = await exchange(port, `${JSON.stringify(message)}\n`)
  if (!answer.endsWith('\n')) throw new Error(`port ${port}: no answer`)
  return JSON.parse(answer) as T
}

export function status(port: number): Promise<Status> {
  return ask(port, { type: 'status' })
}

export function give(port: number, value: string, timestamp = Date.now()): Promise<Ack> {
  return ask(port, { type: 'value', value, timestamp })
}

/** What is missing until these know each other, themselves included, and nobody else. */
export function missingOf(statuses: readonly Status[], count: number): string | undefined {
  if (statuses.length !== count) return `${statuses.length} of ${count} answer`
  const addresses = new Set(statuses.map((it) => it.address))
  if (addresses.size !== count) return `only ${addresses.size} addresses`
  const wrong = statuses.filter(
    ({ peers }) =>
      peers.length !== count || peers.some((it) => it.met === false || !addresses.has(it.address)),
  )
  if (wrong.length === 0) return undefined
  return wrong.map(({ address, peers }) => `${address} knows ${peers.length} of ${count}`).join(', ')
}

/** What is missing until all hold the value. */
export function missingValue(statuses: readonly Status[], value: string): string | undefined {
  const others = statuses.filter((it) => it.value !== value)
  if (others.length === 0) return undefined
  return others.map((it) => `${it.address} holds ${JSON.stringify(it.value)}`).join(', ')
}

export interface Held {
  readonly key: string
  readonly value: string | null
  readonly timestamp: number | null
}

export function held(port: number, key: string): Promise<Held> {
  return ask(port, { type: 'get', key })
}

/** @param value null deletes */
export function put(port: number, key: string, value: string | null, timestamp = Date.now()): Promise<Ack> {
  return ask(port, { type: 'value', key, value, timestamp })
}
