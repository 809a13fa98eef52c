import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tell three at once, and one a period as long as the value is young.',
  item: () => ({ periods: 0 }),

  onNewer: (node, item) => node.sendValue(node.pick(3), item),
  onPeriod(node) {
    for (const item of node.items) {
      item.state.periods += 1
      if (item.state.periods < 10) node.sendValue(node.pick(1), item)
    }
  },
})
