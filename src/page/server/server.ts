/** The live page's server: a few files, a stream of what happens, and one door for what a person wants done. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { EncodeOnce } from '../../daemon/encode-once.ts'
import type { ActionResult, ServerMessage } from '../wire.ts'
import { Assets } from './assets.ts'
import { EventStream, encode } from './event-stream.ts'
import { listen, refuse, send, setHeaders } from './http.ts'
import { refusalOf } from './request-guard.ts'
import type { Source } from './source.ts'

export interface PageServer {
  /** Where a browser finds it. */
  readonly url: string
  readonly port: number
  /** Ends it, and every browser's stream; not its source. */
  stop(): void
}

/** Streams at a time, in all. */
export const MAX_STREAMS = 32
/** Connections at a time: a browser opens some six for the files. */
const MAX_CONNECTIONS = 512
/** Bytes of what is asked for. */
export const MAX_BODY = 128 * 1024

/** @param port 0: any that is free @throws if it can't listen there */
export async function servePage(
  source: Source,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<PageServer> {
  const page = new Page(source, host)
  const server = createServer((request, response) => void page.answer(request, response))
  const bound = await listen(server, { host, port, connections: MAX_CONNECTIONS })
  return {
    port: bound,
    url: `http://${named(host)}:${bound}`,
    stop() {
      page.stop()
      server.close()
      server.closeAllConnections()
    },
  }
}

/** A browser can't open an address that stands for all of them. */
function named(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

class Page {
  readonly #source: Source
  readonly #host: string
  readonly #assets = new Assets()
  readonly #streams = new Set<EventStream>()
  /** What happens goes to all browsers, one after the other. */
  readonly #encoded = new EncodeOnce<ServerMessage, string>(encode)

  constructor(source: Source, host: string) {
    this.#source = source
    this.#host = host
  }

  stop(): void {
    for (const it of this.#streams) it.close()
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, headers, url = '' } = request
    setHeaders(response, this.#assets.policy)
    const path = url.split('?', 1)[0]!
    const refusal = refusalOf(method, path, headers, this.#host)
    try {
      if (refusal !== undefined) refuse(response, refusal.status, refusal.why)
      else if (path === '/act' && method === 'POST') await this.#act(request, response)
      else if (path === '/act') refuse(response, 405, 'this takes only POST', 'POST')
      else if (method !== 'GET' && method !== 'HEAD')
        refuse(response, 405, 'this takes only GET', 'GET, HEAD')
      else if (path === '/stream') this.#stream(method, response)
      else if (path === '/scenario') this.#scenario(response)
      else await this.#file(path, response)
    } catch {
      // The browser went away in the middle.
      response.destroy()
    }
  }

  async #file(path: string, response: ServerResponse): Promise<void> {
    const asset = await this.#assets.at(path)
    if (asset === undefined) refuse(response, 404, 'there is no such thing here')
    else send(response, 200, asset.type, asset.body)
  }

  #stream(method: string, response: ServerResponse): void {
    if (this.#streams.size >= MAX_STREAMS) {
      refuse(response, 503, `${MAX_STREAMS} browsers look already, no more may`)
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    if (method === 'HEAD') {
      response.end()
      return
    }
    const stream = new EventStream(response, this.#source, (told) => this.#encoded.of(told))
    this.#streams.add(stream)
    response.once('close', () => this.#streams.delete(stream))
  }

  #scenario(response: ServerResponse): void {
    response.setHeader('content-disposition', 'attachment; filename="scenario.json"')
    send(response, 200, JSON_TYPE, `${JSON.stringify(this.#source.scenario(), undefined, 2)}\n`)
  }

  async #act(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    if (body === undefined) {
      // What is still on its way is not read.
      response.setHeader('connection', 'close')
      refuse(response, 413, `the body is longer than ${MAX_BODY} bytes`)
      return
    }
    const acted = await this.#done(body)
    send(response, acted.done ? 200 : 400, JSON_TYPE, JSON.stringify(acted))
  }

  async #done(body: string): Promise<ActionResult> {
    try {
      return { done: true, words: await this.#source.act(parsed(body)) }
    } catch (error) {
      return { done: false, error: (error as Error).message.split('\n', 1)[0]! }
    }
  }
}

const JSON_TYPE = 'application/json; charset=utf-8'

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new Error('not JSON')
  }
}

/** Undefined if it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) return undefined
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length
    if (length > MAX_BODY) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
