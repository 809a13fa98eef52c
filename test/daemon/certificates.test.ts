import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { readCertificates } from '../../src/daemon/certificates.ts'
import type { TlsFiles } from '../../src/daemon/tls-files.ts'
import { Authority, noOpenssl } from './authority.ts'

type Spoil = (files: TlsFiles, authority: Authority) => TlsFiles

/** The file with that text in its place. */
function holding(file: keyof TlsFiles, text: string): Spoil {
  return (files, authority) => {
    const path = authority.path('spoilt')
    writeFileSync(path, text)
    return { ...files, [file]: path }
  }
}

const BLOCK = (what: string) => `-----BEGIN ${what}-----\nAAAA\n-----END ${what}-----\n`

const spoilt: [what: string, spoil: Spoil, says: RegExp][] = [
  ['a file is not there', (it) => ({ ...it, ca: '/no/ca.crt' }), /^can't read \/no\/ca\.crt: no such file$/],
  ['a file is a folder', (it, { folder }) => ({ ...it, key: folder }), /^can't read .*: that is a folder$/],
  ['a certificate is not PEM', holding('cert', 'x'), /spoilt holds no certificate in PEM/],
  ['a certificate is damaged', holding('cert', BLOCK('CERTIFICATE')), /spoilt holds a damaged certificate$/],
  ['a CA is not PEM', holding('ca', ''), /spoilt holds no certificate in PEM/],
  ['a key is not PEM', holding('key', 'x'), /spoilt holds no private key in PEM$/],
  ['a key is damaged', holding('key', BLOCK('PRIVATE KEY')), /spoilt holds a private key that is damaged/],
  ['a key is a certificate', (it) => ({ ...it, key: it.cert }), /node\.crt holds no private key in PEM$/],
  [
    'a key is of another certificate',
    (it, authority) => ({ ...it, key: authority.issue('other').key }),
    /other\.key is not the key of the certificate in .*node\.crt$/,
  ],
]
for (const [what, spoil, says] of spoilt) {
  test(`when ${what} then one line names the file`, { skip: noOpenssl }, async (t) => {
    const authority = new Authority(t)
    await assert.rejects(
      readCertificates(spoil(authority.issue('node'), authority)),
      ({ message }: Error) => {
        assert.match(message, says)
        assert.ok(!message.includes('\n'))
        return true
      },
    )
  })
}
