/** Certificates for a test, made by the very commands that the README gives. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { TlsFiles } from '../../src/daemon/transport/tls-files.ts'

/** What a person types to make a CA. */
export const CA_RECIPE = `
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=gossip-ca -keyout ca.key -out ca.crt`

/** What a person types to have a certificate signed; the same for a node and for a client, by another name. */
export const NODE_RECIPE = `
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=node -keyout node.key -out node.csr
openssl x509 -req -in node.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -out node.crt`

/** Why a test that needs openssl is left out, if it must be. */
export const noOpenssl = ((): string | false => {
  try {
    execFileSync('openssl', ['version'])
    return false
  } catch {
    return 'there is no openssl here'
  }
})()

export class Authority {
  readonly folder: string

  /** @param name two that are trusted together need two names */
  constructor(t: TestContext, name = 'gossip-ca') {
    this.folder = mkdtempSync(join(tmpdir(), 'gossip-tls-'))
    t.after(() => rmSync(this.folder, { recursive: true, force: true }))
    this.#type(CA_RECIPE.replace('gossip-ca', name))
  }

  get ca(): string {
    return join(this.folder, 'ca.crt')
  }

  path(file: string): string {
    return join(this.folder, file)
  }

  /** @param change made to the commands, for a certificate that is not as it should be */
  issue(name: string, change: (recipe: string) => string = (it) => it): TlsFiles {
    this.#type(change(NODE_RECIPE.replaceAll(/\bnode\b/g, name)))
    return { cert: this.path(`${name}.crt`), key: this.path(`${name}.key`), ca: this.ca }
  }

  #type(recipe: string): void {
    for (const line of recipe.trim().split('\n')) {
      const [program, ...words] = line.split(' ')
      execFileSync(program!, words, { cwd: this.folder, stdio: 'pipe' })
    }
  }
}

/** Signed by itself. */
export const selfSigned = (recipe: string): string =>
  recipe.replace(/-CA .* -CAcreateserial/, '-signkey self.key')

/** Valid no longer. */
export const expired = (recipe: string): string => recipe.replace('-days 365', '-days -1')
