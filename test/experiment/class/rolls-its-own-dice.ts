import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some peers of a newer value, and sometimes more of them.',
  onPeriod: (node) => node.sendValue(node.pick(Math.random() < 0.5 ? 2 : 3)),
  onNewer: (node) => node.sendValue(node.pick(3)),
})
