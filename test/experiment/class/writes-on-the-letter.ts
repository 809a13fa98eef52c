import { type Address, address, strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Passes a list of who has the value on, and puts its sender on it.',
  messages: { list: { have: z.array(address()) } },
  state: () => ({ have: [] as Address[] }),
  onPeriod(node) {
    node.sendValue(node.pick(3))
    node.send(node.pick(1), 'list', { have: node.state.have })
  },
  onNewer: (node) => node.sendValue(node.pick(3)),
  onMessage: {
    list(node, from, { have }) {
      if (!have.includes(from)) have.push(from)
      node.state.have = have
    },
  },
})
