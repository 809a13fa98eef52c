import { digest, strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Rumor mongering: a node that tells too many who know loses interest.',
  source: 'Demers et al. 1987, section 1.4 (feedback, coin)',
  options: {
    k: z
      .int()
      .min(1)
      .default(4)
      .describe('a node loses interest with probability 1/k; more leaves fewer without'),
    blind: z.boolean().default(false).describe('lose interest whatever the other knew; saves answers'),
  },
  messages: { known: { it: digest() } },
  item: () => ({ hot: true }),

  onPeriod(node) {
    const hot = node.items.filter(({ state }) => state.hot)
    node.sendValue(node.pick(1), hot)
    if (!node.options.blind) return
    for (const { state } of hot) if (node.chance(1 / node.options.k)) state.hot = false
  },

  onKnown(node, { name }, from) {
    if (!node.options.blind) node.send([from], 'known', { it: name })
  },

  onMessage: {
    known(node, _from, { it }) {
      for (const { state } of node.named(it)) if (node.chance(1 / node.options.k)) state.hot = false
    },
  },

  interested: ({ state }) => state.hot,
})
