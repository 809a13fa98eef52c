import { digest, strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tell some at once, and compare with one peer a period for ever.',
  messages: { compare: { have: digest() }, want: { names: digest() } },

  onNewer: (node, item) => node.sendValue(node.pick(3), item),
  onPeriod: (node) => node.send(node.pick(1), 'compare', { have: node.digest() }),
  onMessage: {
    compare(node, from, { have }) {
      node.sendValue([from], node.newerThan(have))
      const names = node.lacks(have)
      if (names.length > 0) node.send([from], 'want', { names })
    },
    want: (node, from, { names }) => node.sendValue([from], node.named(names)),
  },
})
