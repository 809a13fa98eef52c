/** The three files that turn TLS on: read, and told apart from what is no use before anything trusts them. */
import { constants, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'
import { readFault } from '../../files/faults.ts'
import { readWithDeadline } from './read-with-deadline.ts'
import type { TlsFiles } from './tls-files.ts'

export interface Certificates {
  /** What a server is given. */
  readonly options: SecureContextOptions
  /** What a connection to others is given. */
  readonly context: SecureContext
  readonly own: X509Certificate
  /** Do these come from the same bytes? */
  equals(other: Certificates): boolean
}

/** Of a file; a bundle of all public CAs takes a quarter. */
const MAX_BYTES = 1_048_576
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/** @throws {Error} one line that names the file which is no use */
export async function readCertificates(files: TlsFiles): Promise<Certificates> {
  const [cert, key, ca] = await Promise.all([read(files.cert), read(files.key), read(files.ca)])
  const [own] = certificatesIn(files.cert, cert)
  certificatesIn(files.ca, ca)
  if (!own!.checkPrivateKey(privateKeyIn(files.key, key))) {
    throw new Error(`${files.key} is not the key of the certificate in ${files.cert}`)
  }
  const options: SecureContextOptions = {
    cert,
    key,
    ca,
    minVersion: 'TLSv1.3',
    // A ticket would let someone in again whose certificate has expired, or whose CA was taken out, meanwhile.
    secureOptions: constants.SSL_OP_NO_TICKET,
  }
  const bytes = JSON.stringify([cert, key, ca])
  return {
    options,
    context: contextOf(files, options),
    own: own!,
    equals: (other) => JSON.stringify([other.options.cert, other.options.key, other.options.ca]) === bytes,
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readWithDeadline(file, MAX_BYTES)
  } catch (error) {
    throw new Error(`can't read ${file}: ${readFault(error)}`)
  }
}

function certificatesIn(file: string, text: string): X509Certificate[] {
  const blocks = text.match(CERTIFICATE)
  if (blocks === null) throw new Error(`${file} holds no certificate in PEM (-----BEGIN CERTIFICATE-----)`)
  try {
    return blocks.map((it) => new X509Certificate(it))
  } catch {
    throw new Error(`${file} holds a damaged certificate`)
  }
}

function privateKeyIn(file: string, text: string): KeyObject {
  if (!text.includes('PRIVATE KEY-----')) throw new Error(`${file} holds no private key in PEM`)
  try {
    return createPrivateKey(text)
  } catch {
    throw new Error(`${file} holds a private key that is damaged or wants a passphrase`)
  }
}

/** What each file can't tell of itself, such as a key that is too short to be safe. */
function contextOf({ cert }: TlsFiles, options: SecureContextOptions): SecureContext {
  try {
    return createSecureContext(options)
  } catch (error) {
    throw new Error(`can't use ${cert} for TLS: ${(error as Error).message.split('\n')[0]}`)
  }
}
