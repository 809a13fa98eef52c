import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some peers; who knows it already says thanks, and thanks are returned.',
  messages: { thanks: { version: z.string() } },
  onPeriod: (node) => node.sendValue(node.pick(2)),
  onNewer: (node) => node.sendValue(node.pick(3)),
  onKnown(node, from) {
    if (node.version !== null) node.send([from], 'thanks', { version: node.version })
  },
  onMessage: {
    thanks(node, from, { version }) {
      if (version === node.version) node.send([from], 'thanks', { version })
    },
  },
})
