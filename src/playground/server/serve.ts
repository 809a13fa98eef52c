/** Serves a few files, which never change, to a browser on this machine. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
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
const HOST = '127.0.0.1'

/** @param port 0: any that is free @throws if it can't listen there */
export async function serveFiles(files: Files, port: number): Promise<Served> {
  const server = createServer((request, response) => answer(files, request, response))
  server.maxConnections = MAX_CONNECTIONS
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: HOST, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const url = `http://${HOST}:${(server.address() as AddressInfo).port}/`
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
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('cache-control', 'no-cache')
  response.setHeader('content-security-policy', "frame-ancestors 'none'")
  if (refusal !== undefined) refuse(response, refusal.status, refusal.why)
  else if (method !== 'GET' && method !== 'HEAD') refuse(response, 405, 'this takes only GET')
  else if (body === undefined) refuse(response, 404, 'there is no such thing here')
  else {
    const type = TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'content-length': body.byteLength })
    response.end(method === 'HEAD' ? undefined : body)
  }
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(`${why}\n`)
}
