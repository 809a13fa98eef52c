import { strategy } from 'gossip/strategy'

const LONGEST = 8

export default strategy({
  summary: 'Tells a newer value often at first, then more and more seldom, up to every eighth period.',
  state: () => ({ pause: 1, left: 0 }),
  onNewer(node) {
    Object.assign(node.state, { pause: 1, left: 1 })
    node.sendValue(node.pick(3))
  },
  onPeriod(node) {
    const { state } = node
    state.left -= 1
    if (state.left > 0) return
    node.sendValue(node.pick(3))
    state.pause = Math.min(2 * state.pause, LONGEST)
    state.left = state.pause
  },
})
