/** A client that speaks TLS, and trusts whatever answers. */
import { readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { connect, type TLSSocket } from 'node:tls'
import type { TlsFiles } from '../../src/daemon/transport/tls-files.ts'
import { Client } from './client.ts'
import { until } from './until.ts'

/** @param files none: it shows no certificate */
export function tlsClient(t: TestContext, address: string, files?: TlsFiles, localAddress?: string): Client {
  const [host, port] = address.split(':')
  const shown = files && { cert: readFileSync(files.cert), key: readFileSync(files.key) }
  const options = { host, port: Number(port), localAddress, rejectUnauthorized: false, ...shown }
  return new Client(t, address, connect(options))
}

/** The serial number of the certificate that a node shows. */
export async function serialOf(
  t: TestContext,
  address: string,
  files: TlsFiles,
  localAddress?: string,
): Promise<string> {
  const socket = tlsClient(t, address, files, localAddress).socket as TLSSocket
  const { serialNumber } = await until('the node shows its certificate', () => {
    if (socket.destroyed) throw new Error('the node refused the connection')
    const shown = socket.getPeerCertificate()
    return shown?.serialNumber && shown
  })
  socket.destroy()
  return serialNumber
}
