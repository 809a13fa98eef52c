import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells one peer after the other, in turn.',
  state: () => ({ turn: 0 }),
  onPeriod(node) {
    const { peers, state } = node
    const next = peers[state.turn % Math.max(1, peers.length)]
    state.turn += 1
    if (next !== undefined) node.sendValue([next])
  },
  onNewer: (node) => node.sendValue(node.pick(3)),
})
