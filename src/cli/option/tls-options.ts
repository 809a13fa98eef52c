/** The three files that turn TLS on, for nodes and for those who ask them. */
import type { Command } from 'commander'
import type { Logger } from 'pino'
import type { TlsTransport } from '../../daemon/transport/tls-transport.ts'
import { option } from './option.ts'

export interface TlsOptions {
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly tlsCa?: string
}

export function addTlsOptions(command: Command): Command {
  return command
    .addOption(option('--tls-cert <file>', 'GOSSIP_TLS_CERT', 'TLS, with all three: its own certificate'))
    .addOption(option('--tls-key <file>', 'GOSSIP_TLS_KEY', "the certificate's private key"))
    .addOption(option('--tls-ca <file>', 'GOSSIP_TLS_CA', "the CA that signs everybody's certificates"))
}

/** Undefined without TLS. @throws {Error} one line, if a file is missing or no use */
export async function transportOf(options: TlsOptions, log?: Logger): Promise<TlsTransport | undefined> {
  const { tlsCert: cert, tlsKey: key, tlsCa: ca } = options
  if (cert === undefined && key === undefined && ca === undefined) return undefined
  if (cert === undefined || key === undefined || ca === undefined) {
    const missing = Object.entries({ '--tls-cert': cert, '--tls-key': key, '--tls-ca': ca })
      .filter(([, file]) => file === undefined)
      .map(([name]) => name)
    throw new Error(`TLS needs --tls-cert, --tls-key and --tls-ca: ${missing.join(' and ')} missing`)
  }
  const { TlsTransport } = await import('../../daemon/transport/tls-transport.ts')
  return TlsTransport.open({ cert, key, ca }, log && { log })
}

/** The same options, for another process. */
export function tlsFlags({ tlsCert, tlsKey, tlsCa }: TlsOptions): string[] {
  const flags = { '--tls-cert': tlsCert, '--tls-key': tlsKey, '--tls-ca': tlsCa }
  return Object.entries(flags).flatMap(([name, file]) => (file === undefined ? [] : [name, file]))
}
