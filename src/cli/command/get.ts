/** bin/gossip get: what one node holds of a key, or of all. */
import { Command } from 'commander'
import { formatAddress } from '../../daemon/address/address.ts'
import { type HeldValue, heldOf, keysOf } from '../../daemon/client/held.ts'
import { DEFAULT_KEY } from '../../gossip/value.ts'
import { fail } from '../main.ts'
import { host, key, port } from '../option/parse.ts'
import { addTlsOptions, type TlsOptions, transportOf } from '../option/tls-options.ts'
import { print, printJson } from '../output/terminal.ts'

interface GetOptions extends TlsOptions {
  readonly port: number
  readonly host: string
  readonly all?: true
  readonly json?: true
}

export const getCommand = addTlsOptions(new Command('get'))
  .description('Tells what a node holds under a key.')
  .argument('[key]', 'the key (default: "", the key of whoever speaks of none)', key)
  .requiredOption('-p, --port <port>', 'port of the node', port)
  .option('--host <host>', 'host of the node', host, '127.0.0.1')
  .option('--all', 'every key that has a value: one JSON object a line')
  .option('--json', 'print one JSON object')
  .addHelpText('after', '\nExample:\n  bin/gossip get -p 7009 colour')
  .action(get)

async function get(asked: string | undefined, options: GetOptions): Promise<void> {
  const { host, port, all, json } = options
  const from = { host, port }
  const transport = await transportOf(options)
  if (all) {
    if (asked !== undefined) fail('get takes a key or --all, not both')
    // A key may be deleted between the list and the question.
    for await (const it of keysOf(from, transport)) {
      const held = await heldOf(from, it, transport)
      if (held.value !== null) printJson(held)
    }
    return
  }
  const held = await heldOf(from, asked ?? DEFAULT_KEY, transport)
  if (held.value === null) fail(`${formatAddress(from)} ${nothing(held)}`)
  if (json) printJson(held)
  else print(held.value)
}

function nothing({ key, timestamp }: HeldValue): string {
  const of = key === DEFAULT_KEY ? '' : ` under ${JSON.stringify(key)}`
  return timestamp === null ? `holds nothing${of}` : `holds nothing${of}: deleted (timestamp ${timestamp})`
}
