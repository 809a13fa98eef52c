import { digest, strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Pull: each period ask some random peers whether they hold something newer.',
  source: 'Demers et al. 1987, "Epidemic algorithms for replicated database maintenance", section 1.3 (pull)',
  options: {
    fanout: z
      .int()
      .min(1)
      .default(1)
      .describe('peers asked a period; more spreads faster and costs as many questions'),
  },
  messages: { ask: { have: digest() } },

  onPeriod: (node) => node.send(node.pick(node.options.fanout), 'ask', { have: node.digest() }),
  onMessage: {
    ask(node, from, { have }) {
      node.sendValue([from], node.newerThan(have))
      const rest = node.beyond(have)
      if (rest !== null) node.send([from], 'ask', { have: rest })
    },
  },
})
