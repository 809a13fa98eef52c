/** bin/gossip view: the live page of nodes that run somewhere, or of a recording. */
import { Command } from 'commander'
import { RecordingSource } from '../../page/server/recording-source.ts'
import { RemoteSource } from '../../page/server/remote-source.ts'
import type { Source } from '../../page/server/source.ts'
import { option } from '../option/option.ts'
import { addPageOptions, DEFAULT_HTTP_PORT, type PageOptions, serve } from '../option/page.ts'
import { host, port } from '../option/parse.ts'
import { addTlsOptions, type TlsOptions, transportOf } from '../option/tls-options.ts'
import { print } from '../output/terminal.ts'

interface ViewOptions extends PageOptions, TlsOptions {
  readonly host: string
  readonly port?: number
  readonly trace?: string
  readonly httpPublished?: number
}

const about = `port of the page; 0: any (default: ${DEFAULT_HTTP_PORT})`

export const viewCommand = addTlsOptions(addPageOptions(new Command('view'), about))
  .description('Shows nodes, and how values spread, in a browser: live, or of a recording.')
  .addOption(option('-p, --port <port>', 'GOSSIP_PORT', 'port of one of the nodes').argParser(port))
  .addOption(option('--host <host>', 'GOSSIP_HOST', 'host of that node').argParser(host).default('127.0.0.1'))
  .addOption(
    option(
      '--trace <file>',
      'GOSSIP_TRACE',
      "instead: a simulation's --trace, or nodes' watch, an event a line",
    ),
  )
  .addOption(
    option(
      '--http-published <port>',
      'GOSSIP_HTTP_PUBLISHED',
      "port by which a browser comes to the page, where that is another: a container's",
    ).argParser(port),
  )
  .addHelpText(
    'after',
    `
Examples:
  bin/gossip view -p 7000
  bin/gossip simulate --strategy push --nodes 50 --trace run.jsonl
  bin/gossip view --trace run.jsonl`,
  )
  .action(view)

async function view(options: ViewOptions): Promise<void> {
  const { httpPort = DEFAULT_HTTP_PORT, httpHost, httpPublished } = options
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0))
  const source = await sourceOf(options)
  const { url } = await serve(source, httpPort, httpHost, (other) => `--http-port ${other}`)
  const found = new URL(url)
  if (httpPublished !== undefined) found.port = String(httpPublished)
  print(`open ${found.origin}`)
}

async function sourceOf(options: ViewOptions): Promise<Source> {
  const { host, port, trace } = options
  if (trace !== undefined && port !== undefined) throw new Error('-p and --trace: only one can be shown')
  if (trace !== undefined) return RecordingSource.open(trace)
  if (port === undefined) throw new Error('what is to be shown? -p PORT of a node, or --trace FILE')
  return RemoteSource.start({ host, port }, await transportOf(options))
}
