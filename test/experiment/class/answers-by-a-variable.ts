import { strategy } from 'gossip/strategy'

let told = 0

export default strategy({
  summary: 'Tells some peers of a newer value, until enough were told.',
  item: () => ({ times: 0 }),
  onPeriod(node) {
    for (const item of node.items) {
      item.state.times += 1
      node.sendValue(node.pick(3), item)
    }
  },
  onNewer(node, item) {
    told += 1
    node.sendValue(node.pick(3), item)
  },
  interested: () => told < 20,
})
