import { strategy } from 'gossip/strategy'

const LONGEST = 8

export default strategy({
  summary: 'Tells a newer value often at first, then more and more seldom, up to every eighth period.',
  item: () => ({ pause: 1, left: 1 }),
  onNewer: (node, item) => node.sendValue(node.pick(3), item),
  onPeriod(node) {
    for (const item of node.items) {
      const { state } = item
      state.left -= 1
      if (state.left > 0) continue
      node.sendValue(node.pick(3), item)
      state.pause = Math.min(2 * state.pause, LONGEST)
      state.left = state.pause
    }
  },
})
