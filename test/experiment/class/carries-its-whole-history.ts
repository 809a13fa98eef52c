import { type Name, strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Tells with the value which ones it had before.',
  carries: { before: z.array(z.string()) },
  state: () => ({ before: [] as Name[] }),
  onPeriod: (node) => node.sendValue(node.pick(2), node.items, { before: node.state.before }),
  onNewer(node, item) {
    node.state.before.push(item.name)
    node.sendValue(node.pick(3), item, { before: node.state.before })
  },
})
