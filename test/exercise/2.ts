import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Pass it on to the other side, once.',

  onNewer: (node, item, from) =>
    node.sendValue(
      node.peers.filter((peer) => peer !== from),
      item,
    ),
  interested: () => false,
})
