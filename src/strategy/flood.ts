import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Flood: tell every known peer of a newer value, once. The upper bound of speed and of cost.',
  source: 'The reference that gossip is measured against; for instance Leitao et al. 2007, section 2',

  onNewer(node, item, from) {
    node.sendValue(
      node.peers.filter((peer) => peer !== from),
      item,
    )
  },
  interested: () => false,
})
