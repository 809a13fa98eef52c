/**
 * Mutual TLS: both ends show a certificate, and whoever has none that the CA signed is neither heard nor answered.
 * New files are taken while it runs; connections that are open stay as they are.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { connect, createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import type { Logger } from 'pino'
import type { Endpoint } from '../address/address.ts'
import { addressesOf, boundedLookup } from '../address/name-lookup.ts'
import { type Certificates, readCertificates } from './certificates.ts'
import type { TlsFiles } from './tls-files.ts'
import type { Transport } from './transport.ts'

export interface TlsOptions {
  readonly log?: Logger
  /** Ms after which it looks whether the files have changed. */
  readonly lookAfter?: number
  /** Ms that a handshake may take; until then it counts as a connection. */
  readonly handshake?: number
}

const LOOK_MS = 10_000
const HANDSHAKE_MS = 5000

export class TlsTransport implements Transport {
  readonly isSecure = true
  readonly addressesOf = addressesOf
  readonly #files: TlsFiles
  readonly #log: Logger | undefined
  readonly #lookAfter: number
  readonly #handshake: number
  readonly #servers = new Set<TlsServer>()
  #certificates: Certificates
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #isClosed = false
  /** Said already, of files that are no use. */
  #fault: string | undefined

  private constructor(files: TlsFiles, certificates: Certificates, options: TlsOptions) {
    this.#files = files
    this.#certificates = certificates
    this.#log = options.log
    this.#lookAfter = options.lookAfter ?? LOOK_MS
    this.#handshake = options.handshake ?? HANDSHAKE_MS
    this.#tell('TLS is on')
    this.#lookLater()
  }

  /** @throws {Error} one line that names the file which is no use */
  static async open(files: TlsFiles, options: TlsOptions = {}): Promise<TlsTransport> {
    return new TlsTransport(files, await readCertificates(files), options)
  }

  serve(admit: (socket: Socket) => string | undefined, accept: (socket: Socket) => void): Server {
    const secure = createTlsServer(
      {
        ...this.#certificates.options,
        requestCert: true,
        rejectUnauthorized: true,
        handshakeTimeout: this.#handshake,
      },
      accept,
    )
    secure.on('tlsClientError', (error, socket) => {
      this.#log?.debug({ peer: socket.remoteAddress }, `refuses a connection: ${error.message}`)
      // Of a handshake that takes too long Node only tells.
      socket.destroy()
    })
    this.#servers.add(secure)
    // Who may not come in costs no handshake.
    const server = createServer((socket) => {
      if (admit(socket) === undefined) secure.emit('connection', socket)
      else socket.destroy()
    })
    server.once('close', () => this.#servers.delete(secure))
    return server
  }

  connect({ host, port }: Endpoint, opened: () => void): Socket {
    const socket = connect({
      host,
      port,
      lookup: boundedLookup,
      secureContext: this.#certificates.context,
      rejectUnauthorized: true,
      // Peers are known by the addresses that they happen to have, which certificates don't name: what counts is
      // that the CA signed it.
      checkServerIdentity: () => undefined,
    })
    socket.once('secureConnect', opened)
    // In TLS 1.3 this end is connected before the other has seen its certificate. One that refuses it just closes,
    // and that must not pass for a link that ended in good order.
    let isHeard = false
    socket.once('data', () => {
      isHeard = true
    })
    socket.prependOnceListener('end', () => {
      if (!isHeard && !socket.writableEnded) socket.destroy(new Error('closed without a word'))
    })
    return socket
  }

  /** Looks at once whether the files have changed. What is no use leaves everything as it was. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look())
    return this.#looking
  }

  /** Looks no more; connections stay. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }

  /** The files are read and compared: that works with links that are swapped, too, as Kubernetes does it. */
  async #look(): Promise<void> {
    try {
      const found = await readCertificates(this.#files)
      this.#fault = undefined
      if (found.equals(this.#certificates)) return
      this.#certificates = found
      for (const server of this.#servers) server.setSecureContext(found.options)
      this.#tell('has taken new certificates')
    } catch (error) {
      const { message } = error as Error
      if (message !== this.#fault) this.#log?.warn(`keeps its old certificates: ${message}`)
      this.#fault = message
    }
  }

  /** At times of their own, so that the nodes of a machine don't look together. */
  #lookLater(): void {
    if (this.#isClosed) return
    const ms = this.#lookAfter * (0.75 + Math.random() / 2)
    this.#timer = setTimeout(() => void this.look().then(() => this.#lookLater()), ms).unref()
  }

  #tell(what: string): void {
    const { serialNumber, validTo } = this.#certificates.own
    const isOver = Date.parse(validTo) < Date.now()
    const text = `${what}; its certificate ${isOver ? 'has been invalid since' : 'is valid until'} ${validTo}`
    this.#log?.[isOver ? 'warn' : 'info']({ serialNumber }, text)
  }
}
