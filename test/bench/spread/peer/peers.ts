/** Others' clusters to measure beside ours, where they are installed. */
import type { Kind } from '../kind.ts'
import * as gossipsub from './gossipsub.ts'
import * as serf from './serf.ts'

export const PEERS = ['serf', 'serf local', 'gossipsub'] as const

export type PeerName = (typeof PEERS)[number]

/** Those that there are; of the others it says so in one line. */
export function peers(nodes: number): (Kind & { readonly name: PeerName })[] {
  const isThere = { serf: serf.isInstalled(), gossipsub: gossipsub.isInstalled() }
  if (!isThere.serf) console.error('serf: not installed (apt-get install serf)')
  if (!isThere.gossipsub) console.error('gossipsub: not installed')
  return [
    ...(isThere.serf ? [serf.kind('serf', 'lan'), serf.kind('serf local', 'local')] : []),
    ...(isThere.gossipsub ? [gossipsub.kind('gossipsub', nodes)] : []),
  ]
}
