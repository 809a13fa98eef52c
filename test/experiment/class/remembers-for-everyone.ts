import { strategy } from 'gossip/strategy'
import { isFirst } from './helper/told.js'

export default strategy({
  summary: 'Tells all of a newer value at once the first time, and some each period.',
  onPeriod: (node) => node.sendValue(node.pick(2)),
  onNewer(node, item) {
    if (isFirst(item.name)) node.sendValue(node.peers, item)
  },
})
