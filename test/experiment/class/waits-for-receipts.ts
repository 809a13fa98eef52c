import { type Address, strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Tells those that have not said yet that they have it.',
  messages: { receipt: { version: z.string() } },
  state: () => ({ have: new Set<Address>() }),
  onNewer(node, from) {
    node.state.have.clear()
    if (from !== null) node.state.have.add(from)
    node.sendValue(node.pick(3, node.state.have))
  },
  onKnown(node, from) {
    node.state.have.add(from)
    if (node.version !== null) node.send([from], 'receipt', { version: node.version })
  },
  onPeriod: (node) => node.sendValue(node.pick(2, node.state.have)),
  onPeerDown({ state }, peer) {
    state.have.delete(peer)
  },
  onMessage: {
    receipt(node, from, { version }) {
      if (version === node.version) node.state.have.add(from)
    },
  },
})
