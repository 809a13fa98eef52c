import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Push-sum: half of a sum and of its weight goes to a neighbour each period.',
  messages: { share: { sum: z.number(), weight: z.number().min(0) } },
  state: ({ number }) => ({ sum: number, weight: 1 }),

  onPeriod(node) {
    const { state } = node
    const [peer] = node.pick(1)
    if (peer !== undefined) {
      state.sum /= 2
      state.weight /= 2
      node.send([peer], 'share', { sum: state.sum, weight: state.weight })
    }
    node.report('mean', state.sum / state.weight)
  },
  onMessage: {
    share({ state }, _from, { sum, weight }) {
      state.sum += sum
      state.weight += weight
    },
  },
  settled: () => false,
})
