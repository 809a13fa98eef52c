import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Tell two at once; who holds nothing asks.',
  options: { fanout: z.int().min(1).default(2).describe('peers told at once') },
  messages: { ask: {} },

  onNewer: (node, item) => node.sendValue(node.pick(node.options.fanout), item),
  onPeriod(node) {
    if (node.items.length === 0) node.send(node.pick(1), 'ask')
  },
  onMessage: { ask: (node, from) => node.sendValue([from]) },
})
