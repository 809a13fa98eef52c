import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Tell some peers of a newer value, once.',
  options: { fanout: z.int().min(1).default(3).describe('peers told') },

  onNewer: (node, item, from) => node.sendValue(node.pick(node.options.fanout, [from]), item),
})
