import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells one peer, then two, then three, so that nobody is left out.',
  state: () => ({ count: 0 }),
  onPeriod(node) {
    node.state.count += 1
    for (let i = 0; i < node.state.count / 10; i++) node.sendValue(node.pick(1))
  },
  onNewer: (node) => node.sendValue(node.pick(3)),
})
