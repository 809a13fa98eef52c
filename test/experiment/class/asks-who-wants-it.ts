import { type Address, strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Announces what it has; who lacks it asks for it.',
  messages: { have: { version: z.string() }, want: {} },
  onPeriod: (node) => announce(node, node.pick(3)),
  onNewer: (node) => announce(node, node.pick(4)),
  onMessage: {
    have(node, from, { version }) {
      if (node.lacks(version)) node.send([from], 'want', {})
    },
    want: (node, from) => node.sendValue([from]),
  },
})

interface Teller {
  readonly version: string | null
  send(to: readonly Address[], type: 'have', fields: { version: string }): void
}

function announce(node: Teller, to: readonly Address[]): void {
  if (node.version !== null) node.send(to, 'have', { version: node.version })
}
