import { digest, strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Collect what comes for a while, and send it in one; compare in periods what was missed.',
  options: {
    fanout: z.int().min(1).default(4).describe('peers that are told'),
    wait: z.number().min(0).default(0.005).describe('periods for which values are collected'),
  },
  messages: { flush: {}, compare: { have: digest() } },
  state: () => ({ isWaiting: false }),
  item: () => ({ isNew: true }),

  onNewer(node) {
    if (node.state.isWaiting) return
    node.state.isWaiting = true
    node.after(node.options.wait, 'flush', node.self, {})
  },
  onPeriod: (node) => node.send(node.pick(1), 'compare', { have: node.digest() }),
  onMessage: {
    flush(node) {
      node.state.isWaiting = false
      const fresh = node.items.filter(({ state }) => state.isNew)
      for (const { state } of fresh) state.isNew = false
      node.sendValue(node.pick(node.options.fanout), fresh)
    },
    compare(node, from, { have }) {
      node.sendValue([from], node.newerThan(have))
      const rest = node.beyond(have)
      if (rest !== null) node.send([from], 'compare', { have: rest })
    },
  },
})
