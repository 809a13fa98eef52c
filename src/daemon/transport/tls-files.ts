/** What turns TLS on. Apart from what reads it, so that the types of the library need none of Node's. */

/** Paths of files in PEM. */
export interface TlsFiles {
  /** What it shows to the others; certificates between it and the CA may follow in the same file. */
  readonly cert: string
  /** The certificate's private key, without a passphrase. */
  readonly key: string
  /** Whoever shows a certificate that one of these signed is one of us. */
  readonly ca: string
}
