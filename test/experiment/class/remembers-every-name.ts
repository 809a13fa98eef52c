import { type Name, strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some peers of a value that it never had, and again each period.',
  state: () => ({ had: new Set<Name>() }),
  onPeriod: (node) => node.sendValue(node.pick(3)),
  onNewer(node, item) {
    if (!node.state.had.has(item.name)) node.sendValue(node.pick(3), item)
    node.state.had.add(item.name)
  },
})
