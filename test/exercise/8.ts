import { digest, strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Tell many at once, and compare with some peers a period.',
  options: {
    fanout: z.int().min(1).default(6).describe('peers told at once'),
    compared: z.int().min(1).default(2).describe('peers compared with a period'),
  },
  messages: { compare: { have: digest() }, want: { names: digest() } },

  onNewer: (node, item, from) => node.sendValue(node.pick(node.options.fanout, [from]), item),
  onPeriod: (node) => node.send(node.pick(node.options.compared), 'compare', { have: node.digest() }),
  onMessage: {
    compare(node, from, { have }) {
      node.sendValue([from], node.newerThan(have))
      const rest = node.beyond(have)
      if (rest !== null) node.send([from], 'compare', { have: rest })
      const names = node.lacks(have)
      if (names.length > 0) node.send([from], 'want', { names })
    },
    want: (node, from, { names }) => node.sendValue([from], node.named(names)),
  },
})
