import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some peers of the value, and again each period.',
  onPeriod: (node) => node.sendValue(node.pick(3), node.items.slice(0, 1)),
  onNewer: (node) => node.sendValue(node.pick(3), node.items.slice(0, 1)),
})
