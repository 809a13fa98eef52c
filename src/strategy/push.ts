import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Push: tell some random peers of a newer value at once, and again each period.',
  source: 'Demers et al. 1987, "Epidemic algorithms for replicated database maintenance", section 1.3 (push)',
  options: {
    fanout: z
      .int()
      .min(1)
      .default(3)
      .describe('peers told at a time; more spreads faster and costs as many messages more'),
  },

  onPeriod: (node) => node.sendValue(node.pick(node.options.fanout)),
  onNewer: (node, item) => node.sendValue(node.pick(node.options.fanout), item),
})
