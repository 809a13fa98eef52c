/**
 * js-libp2p's gossipsub. It is no dependency: what the registry has of it is put into a folder of its own among the
 * temporary files, once.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forked, thoseBefore } from '../forked-node.ts'
import type { Kind } from '../kind.ts'

const PACKAGES = [
  'libp2p@3.3.11',
  '@libp2p/gossipsub@17.1.1',
  '@libp2p/identify@4.1.14',
  '@libp2p/noise@17.0.3',
  '@libp2p/tcp@11.0.28',
  '@libp2p/yamux@8.0.3',
]
const INSTALL_MS = 180_000
/** Of fifty each pair shakes hands, which is a minute's work for two cores. */
const LINK_MS = 180_000

const digest = createHash('sha256').update(PACKAGES.join()).digest('hex').slice(0, 16)
const folder = join(tmpdir(), `gossip-bench-gossipsub-${process.getuid?.()}-${digest}`)

/** npm writes that when all is there. */
export function isInstalled(): boolean {
  return existsSync(join(folder, 'node_modules/.package-lock.json')) && isOurs()
}

/** Says in one line why not, where it can't. */
export function install(): void {
  if (isInstalled()) return
  const why = whyNotInstalled()
  if (why !== undefined) console.error(`gossipsub: ${why}`)
}

function whyNotInstalled(): string | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!isOurs()) return `${folder} is somebody else's`
  writeFileSync(join(folder, 'package.json'), '{}')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  // One of its dependencies asks for a newer Node.js than it needs.
  const flags = ['--prefix', folder, '--ignore-scripts', '--engine-strict=false', ...quiet]
  const { status, error, stderr } = spawnSync('npm', ['install', ...flags, ...PACKAGES], {
    cwd: folder,
    encoding: 'utf8',
    timeout: INSTALL_MS,
  })
  if (error !== undefined) return `npm install: ${error.message}`
  return status === 0 ? undefined : `npm install: ${stderr.trim().split('\n')[0]}`
}

/** What lies there is run, so nobody else may have put it there. */
function isOurs(): boolean {
  const it = lstatSync(folder)
  return it.isDirectory() && it.uid === process.getuid?.() && (it.mode & 0o022) === 0
}

/** With its defaults; all linked to all. */
export function kind<N extends string>(name: N, nodes: number): Kind & { readonly name: N } {
  const flags = [folder, String(nodes)]
  return {
    name,
    start: forked({ script: 'peer/gossipsub-node', flags, meets: thoseBefore, linkMs: LINK_MS }),
  }
}
