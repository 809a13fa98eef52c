import { strategy } from 'gossip/strategy'

let told = 0

export default strategy({
  summary: 'Tells some peers of a newer value, until enough were told.',
  onPeriod: (node) => node.sendValue(node.pick(3)),
  onNewer(node, item) {
    told += 1
    node.sendValue(node.pick(3), item)
  },
  interested: () => told % 50 !== 0,
})
