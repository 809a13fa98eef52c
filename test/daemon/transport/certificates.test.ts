import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { readCertificates } from '../../../src/daemon/transport/certificates.ts'
import type { TlsFiles } from '../../../src/daemon/transport/tls-files.ts'
import { Authority, noOpenssl } from '../authority.ts'

type Spoil = (files: TlsFiles, authority: Authority) => TlsFiles

/** The file with that text in its place. */
function holding(file: keyof TlsFiles, text: string | Uint8Array): Spoil {
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
  [
    'a certificate is DER',
    holding('cert', Buffer.from([0x30, 0x82, 3, 0, 1])),
    /^can't read .*spoilt: is not text/,
  ],
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

test('when the files were saved with a byte order mark, or in UTF-16, then they are of use', {
  skip: noOpenssl,
}, async (t) => {
  const authority = new Authority(t)
  const files = authority.issue('node')
  const plain = await readCertificates(files)
  for (const encoding of ['utf8', 'utf16le'] as const) {
    for (const file of Object.values(files)) {
      const text = readFileSync(file, 'utf8')
      writeFileSync(file, Buffer.from(`\ufeff${text}`, encoding))
    }
    assert.ok((await readCertificates(files)).equals(plain), encoding)
    for (const file of Object.values(files))
      writeFileSync(file, readFileSync(file).toString(encoding).replace('\ufeff', ''))
  }
})
