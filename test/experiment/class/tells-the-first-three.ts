import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells three peers of a newer value, and again each period.',
  onPeriod: (node) => node.sendValue(node.peers.slice(0, 3)),
  onNewer: (node) => node.sendValue(node.peers.slice(0, 3)),
})
