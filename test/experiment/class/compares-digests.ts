import { digest, strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Each period compares what it holds with a peer; who is behind gets the values.',
  messages: { compare: { have: digest() } },
  onPeriod: (node) => node.send(node.pick(1), 'compare', { have: node.digest() }),
  onMessage: {
    compare(node, from, { have }) {
      node.sendValue([from], node.newerThan(have))
      if (node.lacks(have).length > 0) node.send([from], 'compare', { have: node.digest() })
    },
  },
})
