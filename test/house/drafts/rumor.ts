import { strategy, z } from 'gossip/strategy'

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
  messages: { known: { version: z.string() } },
  state: () => ({ hot: false }),

  onNewer(node) {
    node.state.hot = true
  },

  onPeriod(node) {
    if (!node.state.hot) return
    node.sendValue(node.pick(1))
    if (node.options.blind && node.chance(1 / node.options.k)) node.state.hot = false
  },

  onKnown(node, from) {
    if (!node.options.blind && node.version !== null) node.send([from], 'known', { version: node.version })
  },

  onMessage: {
    known(node, _from, { version }) {
      if (version === node.version && node.chance(1 / node.options.k)) node.state.hot = false
    },
  },

  interested: (node) => node.state.hot,
})
