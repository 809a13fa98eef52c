/** bin/propagate, and bin/gossip propagate: hands a value to one node. */
import { Command } from 'commander'
import { formatAddress } from '../../daemon/address/address.ts'
import { propagate as handIn } from '../../daemon/client/propagate.ts'
import { request } from '../../daemon/client/request.ts'
import { ackLine } from '../../daemon/wire.ts'
import { DEFAULT_KEY } from '../../gossip/value.ts'
import { fail } from '../main.ts'
import { host, key, port, timestamp } from '../option/parse.ts'
import { addTlsOptions, type TlsOptions, transportOf } from '../option/tls-options.ts'
import { print, printJson } from '../output/terminal.ts'

interface Options extends TlsOptions {
  readonly port: number
  readonly value?: string
  readonly delete?: true
  readonly key: string
  readonly host: string
  readonly timestamp?: number
  readonly json?: true
}

export const propagateCommand = addTlsOptions(new Command('propagate'))
  .description('Hands a value to one node, which tells the others.')
  .requiredOption('-p, --port <port>', 'port of the node', port)
  .option('-v, --value <value>', 'the value')
  .option('--key <key>', 'the key that it is for (default: "")', key, DEFAULT_KEY)
  .option('--delete', 'delete the key: no value')
  .option('--host <host>', 'host of the node', host, '127.0.0.1')
  .option(
    '--timestamp <ms>',
    'version of the value, ms since 1970 (default: now, or one more than that of the value held)',
    timestamp,
  )
  .option('--json', 'print the answer as one JSON object')
  .addHelpText('after', '\nExample:\n  ./bin/propagate -p 7009 --value asdf')
  .action(propagate)

async function propagate(options: Options): Promise<void> {
  const { host, port, key, timestamp, json } = options
  if (options.delete ? options.value !== undefined : options.value === undefined)
    fail(
      options.delete
        ? '--delete and --value: give one of them'
        : "required option '-v, --value <value>' not specified (or --delete)",
    )
  const value = options.value ?? null
  const transport = await transportOf(options)
  const to = { host, port }
  const { ack, ahead = 0 } =
    timestamp === undefined
      ? await handIn(to, value, { key, transport })
      : { ack: await request(to, { type: 'value', key, value, timestamp }, ackLine, transport) }
  const where = formatAddress(to)
  if (json) printJson(ack)
  const before = ahead > 0 ? `; what it held is ${ahead} ms ahead of this clock` : ''
  if (ack.outcome !== 'accepted') {
    if (json) process.exit(1)
    fail(
      `${where} ${ack.outcome} the ${value === null ? 'deletion' : 'value'}: ${ack.reason ?? 'no reason given'}${before}`,
    )
  }
  const what = value === null ? 'the deletion' : JSON.stringify(value)
  const of = key === DEFAULT_KEY ? '' : ` of ${JSON.stringify(key)}`
  if (!json) print(`${where} accepted ${what}${of} (timestamp ${ack.timestamp}${before})`)
}
