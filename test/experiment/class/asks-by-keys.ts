import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Each period tells a peer which keys it has; that one sends the others.',
  messages: { ask: { keys: z.array(z.string()) } },
  onPeriod: (node) => node.send(node.pick(1), 'ask', { keys: node.items.map(({ key }) => key) }),
  onMessage: {
    ask(node, from, { keys }) {
      node.sendValue(
        [from],
        node.items.filter(({ key }) => !keys.includes(key)),
      )
    },
  },
})
