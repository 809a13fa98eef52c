import { type Name, strategy } from 'gossip/strategy'

const MOST = 200

export default strategy({
  summary: 'Tells some peers of a value that it has not had of late, and again each period.',
  state: () => ({ had: [] as Name[] }),
  onPeriod: (node) => node.sendValue(node.pick(3)),
  onNewer(node, item) {
    const { state } = node
    if (!state.had.includes(item.name)) node.sendValue(node.pick(3), item)
    state.had = [...state.had, item.name].slice(-MOST)
  },
})
