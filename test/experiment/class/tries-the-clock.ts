import { strategy } from 'gossip/strategy'

const { now } = Date

export default strategy({
  summary: 'Looks at the clock if there is one, and goes on if not.',
  state: () => ({ startedAt: 0 }),
  onPeriod(node) {
    try {
      node.state.startedAt ||= now()
    } catch {
      node.state.startedAt = 0
    }
    node.sendValue(node.pick(3))
  },
  onNewer: (node) => node.sendValue(node.pick(3)),
})
