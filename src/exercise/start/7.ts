import { type Address, membership } from 'gossip/membership'

export default membership({
  summary: 'Ask one peer a period, and drop who has not answered by the next.',
  messages: { ask: {}, alive: {} },
  state: () => ({ silent: null as Address | null }),

  onContact: (node, contact) => void node.add(contact),
  onPeriod(node) {
    if (node.state.silent !== null) node.drop(node.state.silent)
    const [peer = null] = node.pick(1)
    node.state.silent = peer
    if (peer !== null) node.send([peer], 'ask')
  },
  onMessage: {
    ask(node, from) {
      node.add(from)
      node.send([from], 'alive')
    },
    alive(node, from) {
      node.add(from)
      if (from === node.state.silent) node.state.silent = null
    },
  },
})
