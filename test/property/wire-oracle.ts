/** What a node must make of what comes in on one connection, told from the contract of the wire without its code. */
import { isUtf8 } from 'node:buffer'
import { isIPv6 } from 'node:net'
import { TOMBSTONES_MS } from '../../src/gossip/defaults.ts'
import type { Value } from '../../src/gossip/value.ts'

export interface Expected {
  /** Values that come before anything wrong, whether newer or not. */
  readonly values: readonly Value[]
  /** Acks that the client gets. */
  readonly acks: number
  /** Is there an error line at the end? */
  readonly isFault: boolean
}

type Meaning = 'fault' | 'end' | 'nothing' | { readonly value: Value; readonly isClients: boolean }

export function expected(bytes: Buffer, maxLine: number, maxValue: number): Expected {
  const values: Value[] = []
  let acks = 0
  let rest = bytes
  for (;;) {
    const end = rest.indexOf(0x0a)
    const line = end < 0 ? rest : rest.subarray(0, end)
    if (line.length > maxLine) return { values, acks, isFault: true }
    if (end < 0) return { values, acks, isFault: false }
    rest = rest.subarray(end + 1)
    const it = meaning(line)
    if (it === 'fault') return { values, acks, isFault: true }
    if (it === 'end') return { values, acks, isFault: false }
    if (it === 'nothing') continue
    if (it.isClients) acks += 1
    const { value, timestamp } = it.value
    const isAhead = timestamp > Date.now() + 60_000
    const isForgotten = value === null && timestamp + TOMBSTONES_MS <= Date.now()
    if (!isAhead && !isForgotten && Buffer.byteLength(JSON.stringify(value)) <= maxValue)
      values.push(it.value)
  }
}

function meaning(line: Buffer): Meaning {
  if (!isUtf8(line)) return 'fault'
  const text = line.toString()
  if (text.trim() === '') return 'nothing'
  let it: unknown
  try {
    it = JSON.parse(text)
  } catch {
    return 'fault'
  }
  if (typeof it !== 'object' || it === null || Array.isArray(it)) return 'fault'
  const message = it as Record<string, unknown>
  const { type, from, peers } = message
  const isFromPeer = isReachable(from)
  switch (type) {
    case 'status':
    case 'watch':
      return 'nothing'
    case 'error':
      return 'end'
    case 'hi':
      return isFromPeer && isRows(peers) ? 'nothing' : 'fault'
    case 'bye':
      return isFromPeer && isRows(peers ?? [], peers) ? 'nothing' : 'fault'
    case 'welcome':
      return 'fault'
    case 'value': {
      const { key = '', value, timestamp, hops = 0 } = message
      const isWhole =
        isKey(key) && (isText(value) || value === null) && isCount(timestamp) && isCount(hops) && hops <= 1e9
      if (!isWhole || !(from === undefined || isFromPeer) || !isRows(peers ?? [], peers)) return 'fault'
      return { value: { key, value, timestamp }, isClients: from === undefined }
    }
    default: {
      const needs = typeof type === 'string' && Object.hasOwn(OWN, type) ? OWN[type]! : []
      const isOwn = needs.every((field) => isDigest(message[field]))
      const isKnown = typeof type === 'string' && isFromPeer && isRows(peers ?? [], peers) && isOwn
      return isKnown ? 'nothing' : 'fault'
    }
  }
}

/** The strategy's own messages, with their fields, which are digests. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  link: [],
  have: ['have'],
  graft: ['want'],
  prune: [],
  repair: ['have'],
}

function isDigest(it: unknown): boolean {
  if (typeof it === 'string') return isName(it)
  if (Array.isArray(it)) return it.length <= 10_000 && it.every(isName)
  if (typeof it !== 'object' || it === null) return false
  const { all, from, to, below, turn = 0 } = it as Record<string, unknown>
  const isPoint = (point: unknown): boolean =>
    point === undefined ||
    (Array.isArray(point) &&
      point.length === 2 &&
      isCount(point[0]) &&
      isText(point[1]) &&
      point[1].length <= 300)
  const isSum = below === undefined || (Array.isArray(below) && below.length === 3 && below.every(isCount))
  return Array.isArray(all) && isDigest(all) && isPoint(from) && isPoint(to) && isSum && isCount(turn)
}

/** A timestamp, a hash and, where it is not the first one, a key. */
function isName(it: unknown): boolean {
  return isText(it) && it.length <= 299 && /^\d{1,16}-[0-9a-z]{1,25}(\/[\s\S]+)?$/.test(it)
}

function isText(it: unknown): it is string {
  return typeof it === 'string'
}

function isKey(it: unknown): it is string {
  return isText(it) && Buffer.byteLength(it) <= 256
}

function isCount(it: unknown): it is number {
  return Number.isSafeInteger(it) && (it as number) >= 0
}

function isRows(it: unknown, given: unknown = it): boolean {
  if (given === null || !Array.isArray(it) || it.length > 256) return false
  return it.every((row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return false
    return isAddress(row.address) && isCount(row.heartbeat)
  })
}

function isAddress(it: unknown): it is string {
  if (typeof it !== 'string') return false
  const [, six, name, port] = /^(?:\[([0-9a-fA-F:.%]+)\]|([\w.-]+)):(\d{1,5})$/.exec(it) ?? []
  const isHost =
    six === undefined ? /^[^\W_](.*[^\W_])?$/.test(name ?? '') : six.length >= 2 && six.length <= 60
  return isHost && (name ?? '').length <= 253 && Number(port) >= 1 && Number(port) <= 65_535
}

/** Is that an address of the kind that a node on 127.0.0.1 learns? */
function isReachable(it: unknown): boolean {
  if (!isAddress(it) || it.length > 260) return false
  const host = it.replace(/:\d+$/, '')
  return /^127\.\d+\.\d+\.\d+$/.test(host) || (host === '[::1]' && isIPv6('::1')) || /^localhost$/i.test(host)
}
