import { type Address, address, type Digest, digest, strategy, z } from 'gossip/strategy'

interface State {
  readonly eager: Set<Address>
  readonly lazy: Set<Address>
  /** What was announced and is not yet here, with who has it. */
  readonly missing: Map<Digest, Address[]>
}

export default strategy({
  summary: 'Plumtree: the value along a tree, its name along all other links.',
  source: 'Leitao, Pereira, Rodrigues 2007, "Epidemic broadcast trees", section 3',
  options: {
    degree: z
      .int()
      .min(1)
      .default(4)
      .describe('links a node keeps; more repair faster and cost control messages'),
    patience: z.number().min(0).default(0.5).describe('periods to wait for the value after it was announced'),
  },
  messages: {
    have: { have: digest() },
    graft: { want: digest(), instead: address().optional() },
    prune: {},
    missed: { have: digest() },
  },
  state: (): State => ({ eager: new Set(), lazy: new Set(), missing: new Map() }),

  onPeriod(node) {
    const { eager, lazy } = node.state
    const wanted = node.options.degree - eager.size - lazy.size
    for (const peer of node.pick(wanted, new Set([...eager, ...lazy]))) eager.add(peer)
    if (node.items.length > 0) node.send([...lazy], 'have', { have: node.digest() })
  },

  onNewer(node, item, from) {
    const { eager, lazy, missing } = node.state
    missing.delete(item.name)
    if (from !== null) move(from, lazy, eager)
    node.sendValue(
      [...eager].filter((peer) => peer !== from),
      item,
    )
    node.send([...lazy], 'have', { have: item.name })
  },

  onKnown(node, _item, from) {
    move(from, node.state.eager, node.state.lazy)
    node.send([from], 'prune')
  },

  onOlder: (node, item, from) => node.sendValue([from], item),

  onPeerDown(node, peer) {
    node.state.eager.delete(peer)
    node.state.lazy.delete(peer)
  },

  onMessage: {
    have(node, from, { have }) {
      const { missing } = node.state
      for (const name of node.lacks(have)) {
        missing.set(name, [...(missing.get(name) ?? []), from])
        node.after(node.options.patience, 'missed', from, { have: name })
      }
      const rest = node.beyond(have)
      if (rest !== null) node.send([from], 'have', { have: rest })
    },
    missed(node, from, { have }) {
      const { missing, eager, lazy } = node.state
      const [first] = missing.get(have) ?? []
      if (first === undefined || node.lacks(have).length === 0) return
      move(first, lazy, eager)
      node.send([first], 'graft', { want: have, instead: from })
    },
    graft(node, from, { want, instead }) {
      move(from, node.state.lazy, node.state.eager)
      if (instead !== undefined) node.state.lazy.add(instead)
      node.sendValue([from], node.named(want))
    },
    prune: (node, from) => move(from, node.state.eager, node.state.lazy),
  },
})

function move(peer: Address, from: Set<Address>, to: Set<Address>): void {
  from.delete(peer)
  to.add(peer)
}
