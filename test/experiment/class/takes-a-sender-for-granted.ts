import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some peers of a newer value, and its sender that it came.',
  onPeriod: (node) => node.sendValue(node.pick(3)),
  onNewer: (node, item, from) => node.sendValue([from!, ...node.pick(3)], item),
})
