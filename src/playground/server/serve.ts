/** Serves a few files, which never change, to a browser on this machine. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen, refuse, send, setHeaders } from '../../page/server/http.ts'
import { refusalOf } from '../../page/server/request-guard.ts'
import type { Files } from '../bundle/bundle.ts'

export interface Served {
  readonly url: string
  stop(): void
}

const MAX_CONNECTIONS = 256
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
}
export const HOST = '127.0.0.1'

/** @param port 0: any that is free @throws if it can't listen there */
export async function serveFiles(files: Files, port: number): Promise<Served> {
  const server = createServer((request, response) => answer(files, request, response))
  const bound = await listen(server, { host: HOST, port, connections: MAX_CONNECTIONS })
  const url = `http://${HOST}:${bound}/`
  return {
    url,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function answer(
  files: Files,
  { method, url = '', headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const path = url.split('?', 1)[0]!
  const refusal = refusalOf(method, path, headers, HOST)
  const name = path === '/' ? 'index.html' : path.slice(1)
  const body = files.get(name)
  setHeaders(response, "frame-ancestors 'none'")
  if (refusal !== undefined) refuse(response, refusal.status, refusal.why)
  else if (method !== 'GET' && method !== 'HEAD') refuse(response, 405, 'this takes only GET', 'GET, HEAD')
  else if (body === undefined) refuse(response, 404, 'there is no such thing here')
  else send(response, 200, TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream', body)
}
