/** bin/gossip playground: the laboratory in a browser. */
import { Command } from 'commander'
import { filesOfPage, writeFiles } from '../../playground/server/files.ts'
import { HOST, serveFiles } from '../../playground/server/serve.ts'
import { option } from '../option/option.ts'
import { listening } from '../option/page.ts'
import { listenPort } from '../option/parse.ts'
import { print } from '../output/terminal.ts'

interface PlaygroundOptions {
  readonly httpPort: number
  readonly out?: string
}

const DEFAULT_PORT = 8081

export const playgroundCommand = new Command('playground')
  .description('The laboratory in a browser: run strategies, change them, compare, share by a link.')
  .addOption(
    option('--http-port <port>', 'GOSSIP_HTTP_PORT', 'port of the page; 0: any')
      .argParser(listenPort)
      .default(DEFAULT_PORT),
  )
  .option('--out <dir>', 'instead: write its files there, for any web host')
  .addHelpText(
    'after',
    `
Examples:
  bin/gossip playground
  bin/gossip playground --out site`,
  )
  .action(playground)

async function playground({ httpPort, out }: PlaygroundOptions): Promise<void> {
  const files = await filesOfPage()
  if (out !== undefined) {
    await writeFiles(files, out)
    print(`${out}/index.html and ${files.size - 1} more files: any web host can serve them`)
    return
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0))
  const hint = (other: number): string => `--http-port ${other}`
  const { url } = await listening(() => serveFiles(files, httpPort), { host: HOST, port: httpPort, hint })
  print(`open ${url}`)
}
