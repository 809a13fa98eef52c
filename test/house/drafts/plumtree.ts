import { type Address, address, strategy, z } from 'gossip/strategy'

interface State {
  readonly eager: Set<Address>
  readonly lazy: Set<Address>
  /** Versions announced and not yet here, with who has them. */
  readonly missing: Map<string, Address[]>
}

export default strategy({
  summary: 'Plumtree: the value along a tree, its version along all other links.',
  source: 'Leitao, Pereira, Rodrigues 2007, "Epidemic broadcast trees", section 3',
  options: {
    degree: z
      .int()
      .min(1)
      .default(4)
      .describe('links a node keeps; more repair faster and cost control messages'),
    patience: z
      .number()
      .min(0)
      .default(0.5)
      .describe('periods to wait for the value after a version was announced'),
  },
  messages: {
    have: { version: z.string() },
    graft: { version: z.string(), instead: address().optional() },
    prune: {},
  },
  state: (): State => ({ eager: new Set(), lazy: new Set(), missing: new Map() }),

  onPeriod(node) {
    const { eager, lazy } = node.state
    const wanted = node.options.degree - eager.size - lazy.size
    for (const peer of node.pick(wanted, new Set([...eager, ...lazy]))) eager.add(peer)
    if (node.version !== null) node.send([...lazy], 'have', { version: node.version })
  },

  onNewer(node, from) {
    const { eager, lazy, missing } = node.state
    missing.clear()
    if (from !== null) move(from, lazy, eager)
    node.sendValue([...eager].filter((peer) => peer !== from))
    if (node.version !== null) node.send([...lazy], 'have', { version: node.version })
  },

  onKnown(node, from) {
    move(from, node.state.eager, node.state.lazy)
    node.send([from], 'prune', {})
  },

  onOlder: (node, from) => node.sendValue([from]),

  onPeerDown(node, peer) {
    node.state.eager.delete(peer)
    node.state.lazy.delete(peer)
  },

  onMessage: {
    have(node, from, { version }) {
      if (!node.lacks(version)) return
      const { missing, eager, lazy } = node.state
      missing.set(version, [...(missing.get(version) ?? []), from])
      node.after(node.options.patience, () => {
        const [first] = missing.get(version) ?? []
        if (first === undefined || !node.lacks(version)) return
        move(first, lazy, eager)
        node.send([first], 'graft', { version, instead: from })
      })
    },
    graft(node, from, { version, instead }) {
      move(from, node.state.lazy, node.state.eager)
      if (instead !== undefined) node.state.lazy.add(instead)
      if (version === node.version) node.sendValue([from])
    },
    prune: (node, from) => move(from, node.state.eager, node.state.lazy),
  },
})

function move(peer: Address, from: Set<Address>, to: Set<Address>): void {
  from.delete(peer)
  to.add(peer)
}
