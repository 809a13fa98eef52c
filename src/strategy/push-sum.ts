import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary:
    "Push-sum: every node learns the mean (or sum) of all nodes' numbers; half of what it has goes on each period.",
  source:
    'Kempe, Dobra, Gehrke 2003, "Gossip-based computation of aggregate information", section 2 (Protocol Push-Sum)',
  options: {
    aggregate: z
      .enum(['mean', 'sum'])
      .default('mean')
      .describe('sum: asked for by propagating one value, at one node'),
    tolerance: z
      .number()
      .min(0)
      .default(1e-9)
      .describe('relative change of the estimate that counts as none'),
  },
  messages: { share: { sum: z.number(), weight: z.number().min(0) } },
  state: ({ options, number }) => ({
    sum: number,
    weight: options.aggregate === 'mean' ? 1 : 0,
    estimate: Number.NaN,
    calmPeriods: 0,
  }),

  onPeriod(node) {
    const { state } = node
    const [peer] = node.pick(1)
    if (peer !== undefined) {
      state.sum /= 2
      state.weight /= 2
      node.send([peer], 'share', { sum: state.sum, weight: state.weight })
    }
    const before = state.estimate
    state.estimate = state.sum / state.weight
    if (Number.isFinite(state.estimate)) node.report(node.options.aggregate, state.estimate)
    const isCalm = Math.abs(state.estimate - before) <= node.options.tolerance * Math.abs(state.estimate)
    state.calmPeriods = isCalm ? state.calmPeriods + 1 : 0
  },
  onNewer(node, _item, from) {
    if (from === null && node.options.aggregate === 'sum') node.state.weight = 1
  },
  // What it had given away is with others: a value that it kept asks for nothing anew.
  onRestored() {},
  onMessage: {
    // Of what no number can hold nothing could be sent any more.
    share({ state }, _from, { sum, weight }) {
      if (!Number.isFinite(state.sum + sum) || !Number.isFinite(state.weight + weight)) return
      state.sum += sum
      state.weight += weight
    },
  },
  // It goes on answering for good; a run ends when every estimate has stood still for three periods.
  settled: ({ calmPeriods }) => calmPeriods >= 3,
})
