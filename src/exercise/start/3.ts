import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Infect and die: tell some peers, once.',
  options: { fanout: z.int().min(1).default(3).describe('peers told') },

  onNewer: (node, item) => node.sendValue(node.pick(node.options.fanout), item),
})
