import { digest, strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Announces what it has; who lacks it asks for it, and asks again where it does not come.',
  messages: { have: { it: digest() }, want: { it: digest() }, again: { it: digest() } },
  onPeriod: (node) => node.send(node.pick(2), 'have', { it: node.digest() }),
  onNewer: (node, item, from) => node.send(node.pick(4, [from]), 'have', { it: item.name }),
  onPeerDown: (node, peer) => node.cancel('again', peer),
  onMessage: {
    have(node, from, { it }) {
      const lacked = node.lacks(it)
      if (lacked.length === 0) return
      node.send([from], 'want', { it: lacked })
      node.after(0.3, 'again', from, { it: lacked })
    },
    again(node, from, { it }) {
      const lacked = node.lacks(it)
      if (lacked.length > 0) node.send([from], 'want', { it: lacked })
    },
    want: (node, from, { it }) => node.sendValue([from], node.named(it)),
  },
})
