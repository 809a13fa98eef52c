/**
 * Who is answered: a browser that shows this very page. Another site that the same browser has open can send requests
 * here as well, under a name of its own that leads to this machine, too (DNS rebinding).
 */
import type { IncomingHttpHeaders } from 'node:http'
import { isIPv4 } from 'node:net'

/** A status code, and one line. */
export interface Refusal {
  readonly status: number
  readonly why: string
}

const WILDCARDS = new Set(['0.0.0.0', '::', ''])
const HOST = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::\d{1,5})?$/

/** @param listens the address that the server was told to listen on */
export function refusalOf(
  method: string | undefined,
  path: string,
  headers: IncomingHttpHeaders,
  listens: string,
): Refusal | undefined {
  const host = headers.host?.toLowerCase() ?? ''
  if (!isOurs(host, listens))
    return { status: 403, why: 'this page is only there by the address of its machine' }
  if (method === 'POST') return refusalOfPost(host, headers)
  // Only the page itself may be opened from elsewhere.
  return path === '/' || isFromHere(headers) ? undefined : FOREIGN
}

const FOREIGN: Refusal = { status: 403, why: 'only this page itself may ask that' }

function refusalOfPost(host: string, headers: IncomingHttpHeaders): Refusal | undefined {
  if (headers.origin?.toLowerCase() !== `http://${host}` || !isFromHere(headers)) return FOREIGN
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? ''))
    return { status: 415, why: 'content-type must be application/json' }
  return undefined
}

/** Browsers say where a request comes from; `none` is a person who typed the address. */
function isFromHere(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || (site === 'none' && headers.origin === undefined)
}

function isOurs(host: string, listens: string): boolean {
  const match = HOST.exec(host)
  const name = match?.[1] ?? match?.[2]
  if (name === undefined) return false
  if (name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'))) return true
  return !WILDCARDS.has(listens) && name === listens.toLowerCase()
}
