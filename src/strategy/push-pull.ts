import { digest, strategy, z } from 'gossip/strategy'

export default strategy({
  summary:
    'Push-pull (anti-entropy): each period compare what is held with a random peer; what is newer goes to the other.',
  source:
    'Demers et al. 1987, "Epidemic algorithms for replicated database maintenance", section 1.3 (push-pull)',
  options: {
    fanout: z
      .int()
      .min(1)
      .default(1)
      .describe('peers compared with a period; more spreads faster and costs more'),
  },
  messages: { compare: { have: digest() } },

  onPeriod: (node) => node.send(node.pick(node.options.fanout), 'compare', { have: node.digest() }),
  onMessage: {
    compare(node, from, { have }) {
      node.sendValue([from], node.newerThan(have))
      const rest = node.beyond(have, true)
      if (rest !== null) node.send([from], 'compare', { have: rest })
    },
  },
  onOlder: (node, item, from) => node.sendValue([from], item),
})
