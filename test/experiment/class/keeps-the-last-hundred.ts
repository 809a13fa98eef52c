import { strategy, z } from 'gossip/strategy'

const MOST = 100

export default strategy({
  summary: 'Tells with the value in which of the last hundred periods it told somebody.',
  carries: { periods: z.array(z.int()).max(MOST) },
  state: () => ({ now: 0, periods: [] as number[] }),
  onPeriod(node) {
    const { state } = node
    state.now += 1
    state.periods = [...state.periods, state.now].slice(-MOST)
    node.sendValue(node.pick(2), node.items, { periods: state.periods })
  },
  onNewer: (node, item) => node.sendValue(node.pick(3), item, { periods: node.state.periods }),
})
