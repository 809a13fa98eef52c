import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Each period compares versions with a peer; who is behind gets the value.',
  messages: { compare: { version: z.string().nullable() } },
  onPeriod: (node) => node.send(node.pick(1), 'compare', { version: node.version }),
  onMessage: {
    compare(node, from, { version }) {
      if (node.isNewerThan(version)) node.sendValue([from])
      else if (version !== null && node.lacks(version))
        node.send([from], 'compare', { version: node.version })
    },
  },
})
