import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary:
    'Push-pull (anti-entropy): each period compare versions with a random peer; the newer value goes to the other.',
  source:
    'Demers et al. 1987, "Epidemic algorithms for replicated database maintenance", section 1.3 (push-pull)',
  options: {
    fanout: z
      .int()
      .min(1)
      .default(1)
      .describe('peers compared with a period; more spreads faster and costs more'),
  },
  messages: { compare: { version: z.string().nullable() } },

  onPeriod: (node) => node.send(node.pick(node.options.fanout), 'compare', { version: node.version }),
  onMessage: {
    compare(node, from, { version }) {
      if (node.isNewerThan(version)) node.sendValue([from])
      else if (version !== null && node.lacks(version))
        node.send([from], 'compare', { version: node.version })
    },
  },
  onOlder: (node, from) => node.sendValue([from]),
})
