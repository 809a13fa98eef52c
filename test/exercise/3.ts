import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Tell some at once; who holds nothing asks some, several times a period.',
  options: {
    fanout: z.int().min(1).default(3).describe('peers told at once'),
    asked: z.int().min(1).default(3).describe('peers asked at a time'),
  },
  messages: { ask: {}, again: {} },

  onNewer: (node, item) => node.sendValue(node.pick(node.options.fanout), item),
  onPeriod(node) {
    if (node.items.length > 0) return
    node.send(node.pick(node.options.asked), 'ask')
    node.after(0.5, 'again', node.self, {})
  },
  onMessage: {
    ask: (node, from) => node.sendValue([from]),
    again(node) {
      if (node.items.length === 0) node.send(node.pick(node.options.asked), 'ask')
    },
  },
})
