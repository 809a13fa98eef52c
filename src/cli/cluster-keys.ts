/** Single keys that act on a running cluster. */
import { emitKeypressEvents } from 'node:readline'
import type { Cluster, Member } from '../daemon/cluster.ts'
import { describe } from './main.ts'
import { table } from './table.ts'

const HELP =
  'keys: p propagate  k kill a node  r revive  z pause or resume a node  c cut in two  h heal  s stats  ? help  q quit'

export function listenForKeys(cluster: Cluster, say: (line: string) => void, quit: () => void): void {
  let count = 0
  const any = <T>(of: readonly T[]): T | undefined => of[Math.floor(Math.random() * of.length)]
  const running = (): Member[] =>
    cluster.members.filter((it) => it.daemon !== undefined && !it.daemon.isPaused)

  const actions: Record<string, () => void | Promise<void>> = {
    p() {
      const daemon = any(cluster.live)
      if (daemon === undefined) return say('no node runs')
      count += 1
      const value = `value ${count}`
      say(`propagate ${JSON.stringify(value)} from ${daemon.address}`)
      daemon.propose(value, Date.now())
    },
    k() {
      const member = any(running())
      if (member === undefined) return say('no node runs')
      cluster.kill(member)
      say(`killed ${member.address}`)
    },
    async r() {
      const member = cluster.members.find((it) => it.daemon === undefined)
      if (member === undefined) return say('no node is dead')
      await cluster.revive(member)
      say(`revived ${member.address}: it starts without a value`)
    },
    z() {
      const paused = cluster.members.find((it) => it.daemon?.isPaused)
      const member = paused ?? any(running())
      if (paused) paused.daemon?.resume()
      else member?.daemon?.pause()
      say(member === undefined ? 'no node runs' : `${paused ? 'resumed' : 'paused'} ${member.address}`)
    },
    c() {
      const half = Math.floor(cluster.members.length / 2)
      cluster.cut(half)
      say(`cut in two: the first ${half} nodes from the other ${cluster.members.length - half}`)
    },
    h() {
      cluster.heal()
      say('healed')
    },
    s: () => say(stats(cluster)),
    '?': () => say(HELP),
    q: quit,
  }

  say(HELP)
  emitKeypressEvents(process.stdin)
  process.stdin.setRawMode(true)
  process.stdin.on('keypress', (text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
    if (key.ctrl && key.name === 'c') return quit()
    Promise.resolve(actions[text ?? '']?.()).catch((error) => say(describe(error)))
  })
}

function stats(cluster: Cluster): string {
  const rows = cluster.members.map(({ address, daemon }) => {
    if (daemon === undefined) return [address, 'dead']
    const { value, peers, sent, received, updates, ignored } = daemon.status()
    const counts = [peers.length - 1, sent, received, updates, ignored].map(String)
    return [
      address,
      daemon.isPaused ? 'paused' : 'runs',
      value === null ? '-' : JSON.stringify(value),
      ...counts,
    ]
  })
  return table(['address', 'state', 'value', 'peers', 'sent', 'received', 'updates', 'ignored'], rows)
}
