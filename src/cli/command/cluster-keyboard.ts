/** Single keys that act on a running cluster. */
import { emitKeypressEvents } from 'node:readline'
import type { ClusterNode, RunningCluster } from '../../cluster/running-cluster.ts'
import { describe } from '../../parse/system-errors.ts'
import { act } from '../../scenario/perform-step.ts'
import type { Action } from '../../scenario/scenario.ts'
import type { NodeState } from '../../scenario/target.ts'
import { table } from '../output/table.ts'

const HELP =
  'keys: p propagate  k kill a node  r revive  z pause or resume a node  c cut in two  h heal  s stats  ? help  q quit'

export function listenForKeys(cluster: RunningCluster, say: (line: string) => void, quit: () => void): void {
  let count = 0
  const does = async (action: Action, line: string): Promise<void> => {
    act(cluster, action)
    say(line)
    await cluster.settled()
  }

  const actions: Record<string, () => void | Promise<void>> = {
    p() {
      const { number, address } = anyOf(cluster, 'runs')
      count += 1
      const value = `value ${count}`
      return does(
        { do: 'propagate', node: number, value },
        `propagate ${JSON.stringify(value)} from ${address}`,
      )
    },
    k() {
      const { number, address } = anyOf(cluster, 'runs')
      return does({ do: 'kill', nodes: [number] }, `killed ${address}`)
    },
    async r() {
      const node = anyOf(cluster, 'dead')
      act(cluster, { do: 'restart', nodes: [node.number], state: 'lost' })
      await cluster.settled()
      const { value } = await node.status()
      say(`revived ${node.address}: it starts with ${value === null ? 'no value' : 'what it kept'}`)
    },
    z() {
      const paused = cluster.nodes.find((it) => it.state === 'paused')
      const { number, address } = paused ?? anyOf(cluster, 'runs')
      const word = paused ? 'resume' : 'pause'
      return does({ do: word, nodes: [number] }, `${word}d ${address}`)
    },
    c() {
      const half = Math.floor(cluster.nodes.length / 2)
      const first = Array.from({ length: half }, (_, i) => i)
      const line = `cut in two: the first ${half} nodes from the other ${cluster.nodes.length - half}`
      return does({ do: 'partition', groups: [first] }, line)
    },
    h: () => does({ do: 'heal' }, 'healed'),
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
function anyOf(cluster: RunningCluster, state: NodeState): ClusterNode {
  const some = cluster.nodes.filter((it) => it.state === state)
  const one = some[Math.floor(Math.random() * some.length)]
  if (one === undefined) throw new Error(state === 'dead' ? 'no node is dead' : 'no node runs')
  return one
}

async function stats(cluster: RunningCluster): Promise<string> {
  const rows = cluster.nodes.map(async (node) => {
    if (node.state !== 'runs') return [node.address, node.state]
    const { value, peers, sent, received, updates, ignored } = await node.status()
    const counts = [peers.length - 1, sent, received, updates, ignored].map(String)
    return [node.address, node.state, value === null ? '-' : JSON.stringify(value), ...counts]
  })
  const head = ['address', 'state', 'value', 'peers', 'sent', 'received', 'updates', 'ignored']
  return table(head, await Promise.all(rows))
}
