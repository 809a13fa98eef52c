/** A node of ours: the daemon of `gossip node`, with its defaults. `ours.js STRATEGY [PORT]`: joins the one there. */
import { startNode } from '../../../src/library/index.ts'
import { CHARACTERS, FIRST, monotonic, type Question, say } from './node-channel.ts'

const heardAt: Record<number, number> = {}
let payloads = 0
let messages = 0

const node = await startNode({
  strategy: process.argv[2]!,
  ...(process.argv[3] === undefined ? {} : { join: `127.0.0.1:${process.argv[3]}` }),
  onEvent: (it) => {
    if (it.event === 'sent') {
      messages += 1
      if (it.type === 'value') payloads += 1
    }
    if (it.event !== 'updated') return
    const value = it.timestamp! - FIRST
    heardAt[value] ??= monotonic()
    say({ heard: value })
  },
})

process.on('message', (it: Question) => {
  if ('dial' in it) link(it.dial)
  else if ('publish' in it) node.propagate(String(it.publish).padEnd(CHARACTERS), FIRST + it.publish)
  else say({ heardAt, payloads, messages })
})
process.on('disconnect', () => process.exit())
say({ port: Number(node.address.split(':')[1]) })

/** Nodes find each other by themselves. */
function link(others: readonly number[]): void {
  const isThere = () => others.every((port) => known().has(`127.0.0.1:${port}`))
  const timer = setInterval(() => {
    if (!isThere()) return
    clearInterval(timer)
    say({ linked: true })
  }, 20)
}

function known(): Set<string> {
  return new Set(node.status().peers.flatMap(({ address, met }) => (met === false ? [] : [address])))
}
