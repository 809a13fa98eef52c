import { strategy } from 'gossip/strategy'
import { fanoutFor } from './helper/fanout.js'

export default strategy({
  summary: 'Tells as many peers as a table says, which its own helper works out once.',
  onPeriod: (node) => node.sendValue(node.pick(fanoutFor(node.peers.length))),
  onNewer: (node) => node.sendValue(node.pick(fanoutFor(node.peers.length))),
})
