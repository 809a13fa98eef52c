import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some peers of a newer value, and again each period.',
  options: { fanout: z.int().min(1).default(2).describe('peers told at a time') },
  onPeriod: (node) => node.sendValue(node.pick(node.options.fanout)),
  onNewer: (node, item, from) => node.sendValue(node.pick(node.options.fanout, [from]), item),
})
