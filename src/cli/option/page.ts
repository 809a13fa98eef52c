/** What `cluster` and `view` have in common: the page's address, and the server that is told of. */
import type { Command } from 'commander'
import type { PageServer } from '../../page/server/server.ts'
import type { Source } from '../../page/server/source.ts'
import { option } from './option.ts'
import { host, listenPort } from './parse.ts'

export interface PageOptions {
  readonly httpPort?: number
  readonly httpHost: string
}

export const DEFAULT_HTTP_PORT = 8080

export function addPageOptions(command: Command, about: string): Command {
  return command
    .addOption(option('--http-port <port>', 'GOSSIP_HTTP_PORT', about).argParser(listenPort))
    .addOption(
      option('--http-host <address>', 'GOSSIP_HTTP_HOST', 'address that the page is served on')
        .argParser(host)
        .default('127.0.0.1'),
    )
}

/** @param hint what to type for that other port, if it is taken @throws {Error} one line */
export async function serve(
  source: Source,
  port: number,
  host: string,
  hint: (port: number) => string,
): Promise<PageServer> {
  const { servePage } = await import('../../page/server/server.ts')
  return listening(() => servePage(source, { host, port }), { host, port, hint })
}

/** @param listen on that host and port @throws {Error} one line, if it is taken: which other one to ask for, and how */
export async function listening<T>(
  listen: () => Promise<T>,
  { host, port, hint }: { readonly host: string; readonly port: number; hint(port: number): string },
): Promise<T> {
  try {
    return await listen()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    const other = port < 65535 ? port + 1 : port - 1
    throw new Error(`${host}:${port}, for the page, is taken: choose another port with ${hint(other)}`)
  }
}
