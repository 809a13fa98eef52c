import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Push, as it is.',
  options: { fanout: z.int().min(1).default(3).describe('peers told at a time') },

  onNewer: (node, item) => node.sendValue(node.pick(node.options.fanout), item),
  onPeriod: (node) => node.sendValue(node.pick(node.options.fanout)),
})
