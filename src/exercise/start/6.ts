import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Take the mean of what one believes and what one hears.',
  messages: { belief: { mean: z.number() } },
  state: ({ number }) => ({ mean: number }),

  onPeriod(node) {
    node.send(node.pick(1), 'belief', { mean: node.state.mean })
    node.report('mean', node.state.mean)
  },
  onMessage: {
    belief(node, _from, { mean }) {
      node.state.mean = (node.state.mean + mean) / 2
    },
  },
  settled: () => false,
})
