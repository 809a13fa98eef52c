import { type Address, type Digest, digest, strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Announces what it has; who lacks it asks for it.',
  messages: { have: { it: digest() }, want: { it: digest() } },
  onPeriod: (node) => announce(node, node.pick(3), node.digest()),
  onNewer: (node, item) => announce(node, node.pick(4), item.name),
  onMessage: {
    have(node, from, { it }) {
      const lacked = node.lacks(it)
      if (lacked.length > 0) node.send([from], 'want', { it: lacked })
    },
    want: (node, from, { it }) => node.sendValue([from], node.named(it)),
  },
})

interface Teller {
  readonly items: readonly unknown[]
  send(to: readonly Address[], type: 'have', fields: { it: Digest }): void
}

function announce(node: Teller, to: readonly Address[], it: Digest): void {
  if (node.items.length > 0) node.send(to, 'have', { it })
}
