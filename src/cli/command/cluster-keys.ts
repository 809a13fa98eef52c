/** Single keys that act on a running cluster. */
import { emitKeypressEvents } from 'node:readline'
import type { ClusterControl, ControlledNode } from '../../cluster/control.ts'
import { describe } from '../../parse/system-errors.ts'
import type { NodeState } from '../../scenario/target.ts'
import { table } from '../output/table.ts'

const HELP =
  'keys: p propagate  k kill a node  r revive  z pause or resume a node  c cut in two  h heal  s stats  ? help  q quit'

export function listenForKeys(cluster: ClusterControl, say: (line: string) => void, quit: () => void): void {
  let count = 0

  const actions: Record<string, () => void | Promise<void>> = {
    async p() {
      const node = anyOf(cluster, 'runs')
      count += 1
      const value = `value ${count}`
      say(`propagate ${JSON.stringify(value)} from ${node.address}`)
      await node.propose(value)
    },
    k() {
      const node = anyOf(cluster, 'runs')
      node.kill()
      say(`killed ${node.address}`)
    },
    async r() {
      const node = anyOf(cluster, 'dead')
      await node.revive()
      say(
        `revived ${node.address}: it starts with ${(await node.status()).value === null ? 'no value' : 'what it kept'}`,
      )
    },
    z() {
      const paused = cluster.nodes.find((it) => it.state === 'paused')
      const node = paused ?? anyOf(cluster, 'runs')
      if (paused) node.resume()
      else node.pause()
      say(`${paused ? 'resumed' : 'paused'} ${node.address}`)
    },
    c() {
      const half = Math.floor(cluster.nodes.length / 2)
      cluster.cut(half)
      say(`cut in two: the first ${half} nodes from the other ${cluster.nodes.length - half}`)
    },
    h() {
      cluster.heal()
      say('healed')
    },
    s: async () => say(await stats(cluster)),
    '?': () => say(HELP),
    q: quit,
  }

  say(HELP)
  emitKeypressEvents(process.stdin)
  process.stdin.setRawMode(true)
  process.stdin.on('keypress', async (text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
    if (key.ctrl && key.name === 'c') return quit()
    try {
      await actions[text ?? '']?.()
    } catch (error) {
      say(describe(error))
    }
  })
}

/** @throws {Error} if no node is in that state */
function anyOf(cluster: ClusterControl, state: NodeState): ControlledNode {
  const some = cluster.nodes.filter((it) => it.state === state)
  const one = some[Math.floor(Math.random() * some.length)]
  if (one === undefined) throw new Error(state === 'dead' ? 'no node is dead' : 'no node runs')
  return one
}

async function stats(cluster: ClusterControl): Promise<string> {
  const rows = cluster.nodes.map(async (node) => {
    if (node.state !== 'runs') return [node.address, node.state]
    const { value, peers, sent, received, updates, ignored } = await node.status()
    const counts = [peers.length - 1, sent, received, updates, ignored].map(String)
    return [node.address, node.state, value === null ? '-' : JSON.stringify(value), ...counts]
  })
  const head = ['address', 'state', 'value', 'peers', 'sent', 'received', 'updates', 'ignored']
  return table(head, await Promise.all(rows))
}
