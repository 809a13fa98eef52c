/** What the servers of pages have in common. */
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens, within bounds. @param port 0: any that is free @returns the port @throws if it can't listen there */
export async function listen(
  server: Server,
  { host, port, connections }: { readonly host: string; readonly port: number; readonly connections: number },
): Promise<number> {
  server.maxConnections = connections
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return (server.address() as AddressInfo).port
}

/** What every answer says. @param policy what a browser may do with the page */
export function setHeaders(response: ServerResponse, policy: string): void {
  response.setHeader('content-security-policy', policy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('cache-control', 'no-cache')
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
}

/** @param why one line @param allow the methods that are allowed, where it is for the method */
export function refuse(response: ServerResponse, status: number, why: string, allow?: string): void {
  if (allow !== undefined) response.setHeader('allow', allow)
  send(response, status, 'text/plain; charset=utf-8', `${why}\n`)
}
