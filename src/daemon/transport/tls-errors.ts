/** What went wrong with TLS, in words that tell whose certificate it is about. */

/** Faults that this end found in what the other one showed, by the names that OpenSSL gives them. */
const NOT_OURS = /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_|ERR_TLS_CERT)/

/**
 * The rest of a sentence that begins with the node's address; undefined if it isn't about TLS.
 * @param isOpen the handshake was over on this side: in TLS 1.3 the other looks at our certificate after that
 */
export function describeTls(error: Error, isOpen: boolean): string | undefined {
  const { code = '' } = error as NodeJS.ErrnoException
  if (isOpen) return 'refuses this certificate'
  if (code === 'CERT_HAS_EXPIRED') return 'shows a certificate that has expired'
  if (NOT_OURS.test(code)) return `shows a certificate that this CA did not sign (${error.message})`
  if (code.startsWith('ERR_SSL_')) return 'does not speak TLS, or not this version of it'
  if (code === 'ECONNRESET') return 'ended the TLS handshake'
  return undefined
}
