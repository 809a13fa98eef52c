import { type Address, digest, strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells those that have not said yet that they have it.',
  messages: { receipt: { it: digest() } },
  /** Of each key, who has its newest value. */
  state: () => ({ have: new Map<string, Set<Address>>() }),
  onNewer(node, item, from) {
    const have = new Set(from === null ? [] : [from])
    node.state.have.set(item.key, have)
    node.sendValue(node.pick(3, have), item)
  },
  onKnown(node, { key, name }, from) {
    node.state.have.get(key)?.add(from)
    node.send([from], 'receipt', { it: name })
  },
  onPeriod(node) {
    for (const item of node.items) node.sendValue(node.pick(2, node.state.have.get(item.key) ?? []), item)
  },
  onPeerDown({ state }, peer) {
    for (const have of state.have.values()) have.delete(peer)
  },
  onMessage: {
    receipt(node, from, { it }) {
      for (const { key, name } of node.named(it)) if (name === it) node.state.have.get(key)?.add(from)
    },
  },
})
