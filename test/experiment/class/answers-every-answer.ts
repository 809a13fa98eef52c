import { digest, strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Tells some peers; who knows it already says thanks, and thanks are returned.',
  messages: { thanks: { it: digest() } },
  onPeriod: (node) => node.sendValue(node.pick(2)),
  onNewer: (node, item) => node.sendValue(node.pick(3), item),
  onKnown: (node, item, from) => node.send([from], 'thanks', { it: item.name }),
  onMessage: {
    thanks(node, from, { it }) {
      for (const { name } of node.named(it)) node.send([from], 'thanks', { it: name })
    },
  },
})
