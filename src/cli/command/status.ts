/** bin/gossip status: what one node knows, or all of them. */
import { Command } from 'commander'
import { type Endpoint, parseEndpoint } from '../../daemon/address/address.ts'
import { inTurns, type Published, publishedOf, WIDTH } from '../../daemon/client/published-ports.ts'
import { request } from '../../daemon/client/request.ts'
import type { Transport } from '../../daemon/transport/transport.ts'
import { type Status, statusLine } from '../../daemon/wire.ts'
import { host, port } from '../option/parse.ts'
import { addTlsOptions, type TlsOptions, transportOf } from '../option/tls-options.ts'
import { table } from '../output/table.ts'
import { complain, print, printJson } from '../output/terminal.ts'

interface StatusOptions extends TlsOptions {
  readonly port: number
  readonly host: string
  readonly all?: true
  readonly json?: true
}

export const statusCommand = addTlsOptions(new Command('status'))
  .description('Tells what a node holds and whom it knows.')
  .requiredOption('-p, --port <port>', 'port of the node', port)
  .option('--host <host>', 'host of the node', host, '127.0.0.1')
  .option('--all', 'ask every peer that it names, too')
  .option('--json', 'print one JSON object a line')
  .addHelpText('after', '\nExample:\n  bin/gossip status -p 7000 --all')
  .action(status)

async function status(options: StatusOptions): Promise<void> {
  const { port, host, all, json } = options
  const transport = await transportOf(options)
  const first = await statusOf({ host, port }, transport)
  const published = all ? await publishedOf({ host, port }, first, transport) : new Map<string, Published>()
  const others = all ? first.peers.map((it) => it.address).filter((it) => it !== first.address) : []
  const rest = await inTurns(others, WIDTH, (it) => published.get(it)?.status ?? askPeer(it, transport))
  const answers = [first, ...rest]
  const known = answers
    .filter((it): it is Status => typeof it === 'object')
    .map((it) => ({ ...it, published: published.get(it.address)?.port }))
  if (json) for (const it of known) printJson(it)
  else if (all) print(tableOf(known))
  else print(describe(first))
  for (const it of answers) if (typeof it === 'string') complain(it)
}

function statusOf(of: Endpoint, transport: Transport | undefined): Promise<Status> {
  return request(of, { type: 'status' }, statusLine, transport)
}

/** The peer's status, or the line that says why there is none. */
async function askPeer(address: string, transport: Transport | undefined): Promise<Status | string> {
  const endpoint = parseEndpoint(address)
  if (endpoint === undefined) return `${address}: not an address`
  return statusOf(endpoint, transport).catch((error: Error) => error.message)
}

/** A node, and by which of the host's ports it was reached, where that is known. */
type Row = Status & { readonly published: number | undefined }

/** Ports and containers are told of nodes in containers. */
function tableOf(rows: readonly Row[]): string {
  const columns = { port: 'published', container: 'container' } as const
  const told = Object.entries(columns).filter(([, field]) => rows.some((it) => it[field] !== undefined))
  const [address, ...others] = HEAD
  return table(
    [address!, ...told.map(([name]) => name), ...others],
    rows.map((it) => {
      const [first, ...cells] = row(it)
      return [first!, ...told.map(([, field]) => String(it[field] ?? '-')), ...cells]
    }),
  )
}

const HEAD = ['address', 'value', 'timestamp', 'peers', 'sent', 'received', 'updates', 'ignored', 'uptime']

function row(it: Status): string[] {
  const { address, value, timestamp, peers, sent, received, updates, ignored, uptime } = it
  const others = peers.filter((peer) => peer.address !== address).length
  return [
    address,
    value === null ? '-' : shorten(JSON.stringify(value)),
    String(timestamp ?? '-'),
    ...[others, sent, received, updates, ignored].map(String),
    `${uptime.toFixed(0)} s`,
  ]
}

function describe(it: Status): string {
  const others = it.peers.map((peer) => peer.address).filter((address) => address !== it.address)
  const value = it.value === null ? nothing(it) : `${JSON.stringify(it.value)} (timestamp ${it.timestamp})`
  return [
    `${it.address} holds ${value}${keysOf(it)}`,
    `strategy ${it.strategy}, up ${it.uptime.toFixed(0)} s; messages: sent ${it.sent}, received ${it.received}, updates ${it.updates}, ignored ${it.ignored}, refused ${it.refused}`,
    `knows ${others.length} peers${others.length > 0 ? `: ${others.join(' ')}` : ''}`,
  ].join('\n')
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text
}

/** Of the key that is asked for where none is named. */
function nothing({ timestamp }: Status): string {
  return timestamp === null ? 'no value yet' : `no value: deleted (timestamp ${timestamp})`
}

/** Told where there are other keys than that one. */
function keysOf({ value, values = 0 }: Status): string {
  const others = values - (value === null ? 0 : 1)
  return others === 0 ? '' : `, and values under ${others} other keys`
}
