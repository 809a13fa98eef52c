import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Tells with the value which ones it had before.',
  carries: { before: z.array(z.string()) },
  state: () => ({ before: [] as string[] }),
  onPeriod: (node) => node.sendValue(node.pick(2), { before: node.state.before }),
  onNewer(node) {
    if (node.version !== null) node.state.before.push(node.version)
    node.sendValue(node.pick(3), { before: node.state.before })
  },
})
