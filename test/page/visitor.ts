/** A browser, as far as the page's server can tell. */
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import type { TestContext } from 'node:test'
import type { ServerMessage } from '../../src/page/wire.ts'
import { until } from '../daemon/until.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Headers as they are given: also those that a browser would not let a page choose. */
export function get(url: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return send(url, path, 'GET', headers)
}

export async function send(
  url: string,
  path: string,
  method: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const { hostname, port } = new URL(url)
    request({ hostname, port, path, method, headers, agent: false }, resolve).once('error', reject).end(body)
  })
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return { status: response.statusCode!, headers: response.headers, body: text }
}

/** What the page itself would say. */
export function ownHeaders(url: string): Record<string, string> {
  return { origin: url, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
}

export async function act(
  url: string,
  action: unknown,
): Promise<{ done: boolean; words?: string; error?: string }> {
  const { body } = await send(url, '/act', 'POST', ownHeaders(url), JSON.stringify(action))
  return JSON.parse(body)
}

/** Hears the stream, until the test ends. */
export class Visitor {
  readonly told: ServerMessage[] = []
  readonly response: IncomingMessage

  private constructor(response: IncomingMessage) {
    this.response = response
  }

  /** @param reads may it read at once? */
  static async open(t: TestContext, url: string, reads = true): Promise<Visitor> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(`${url}/stream`, { agent: false }, resolve).once('error', reject)
      t.after(() => asked.destroy())
      asked.end()
    })
    response.on('error', () => {})
    const it = new Visitor(response)
    if (reads) it.read()
    return it
  }

  read(): void {
    let rest = ''
    this.response.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n\n')
      rest = lines.pop()!
      for (const it of lines) if (it.startsWith('data: ')) this.told.push(JSON.parse(it.slice(6)))
    })
  }

  of<K extends ServerMessage['kind']>(kind: K): Extract<ServerMessage, { kind: K }>[] {
    return this.told.filter((it): it is Extract<ServerMessage, { kind: K }> => it.kind === kind)
  }

  get events() {
    return this.of('events').flatMap((it) => it.events)
  }

  /** Nodes as they were told last. */
  get rows() {
    return this.of('nodes').at(-1)?.nodes ?? []
  }

  async hears(what: string, look: () => unknown): Promise<void> {
    await until(what, () => Boolean(look()), 60_000)
  }
}
