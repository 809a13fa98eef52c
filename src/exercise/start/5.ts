import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tell everybody of each value.',

  onNewer(node, item, from) {
    if (from === null) node.sendValue(node.peers, item)
  },
})
