/** bin/propagate, and bin/gossip propagate: hands a value to one node. */
import { Command } from 'commander'
import { formatAddress } from '../../daemon/address/address.ts'
import { propagate as handIn } from '../../daemon/client/propagate.ts'
import { request } from '../../daemon/client/request.ts'
import { ackLine } from '../../daemon/wire.ts'
import { fail } from '../main.ts'
import { host, port, timestamp } from '../option/parse.ts'
import { addTlsOptions, type TlsOptions, transportOf } from '../option/tls-options.ts'
import { print, printJson } from '../output/terminal.ts'

interface Options extends TlsOptions {
  readonly port: number
  readonly value: string
  readonly host: string
  readonly timestamp?: number
  readonly json?: true
}

export const propagateCommand = addTlsOptions(new Command('propagate'))
  .description('Hands a value to one node, which tells the others.')
  .requiredOption('-p, --port <port>', 'port of the node', port)
  .requiredOption('-v, --value <value>', 'the value')
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
  const { host, port, value, timestamp, json } = options
  const transport = await transportOf(options)
  const to = { host, port }
  const { ack, ahead = 0 } =
    timestamp === undefined
      ? await handIn(to, value, transport)
      : { ack: await request(to, { type: 'value', value, timestamp }, ackLine, transport) }
  const where = formatAddress(to)
  if (json) printJson(ack)
  const before = ahead > 0 ? `; what it held is ${ahead} ms ahead of this clock` : ''
  if (ack.outcome !== 'accepted') {
    if (json) process.exit(1)
    fail(`${where} ${ack.outcome} the value: ${ack.reason ?? 'no reason given'}${before}`)
  }
  if (!json) print(`${where} accepted ${JSON.stringify(value)} (timestamp ${ack.timestamp}${before})`)
}
