import { type Address, digest, type Name, type NodeOf, strategy, z } from 'gossip/strategy'

const messages = { compare: { have: digest() }, want: { names: digest() } }

export default strategy({
  summary:
    'Push-pull (anti-entropy): each period compare what is held with a random peer; what is newer goes to the other.',
  source:
    'Demers et al. 1987, "Epidemic algorithms for replicated database maintenance", section 1.3 (push-pull)',
  options: {
    fanout: z
      .int()
      .min(1)
      .default(1)
      .describe('peers compared with a period; more spreads faster and costs more'),
  },
  messages,

  onPeriod: (node) => node.send(node.pick(node.options.fanout), 'compare', { have: node.digest() }),
  onMessage: {
    compare(node, from, { have }) {
      node.sendValue([from], node.newerThan(have))
      const rest = node.beyond(have) && node.beyond(have, true)
      if (rest !== null) node.send([from], 'compare', { have: rest })
      else want(node, from, node.lacks(have))
    },
    want: (node, from, { names }) => node.sendValue([from], node.named(names)),
  },
  onOlder: (node, item, from) => node.sendValue([from], item),
})

/** By name: a digest of all might come before what was just sent, which would be sent again. */
function want(node: NodeOf<{ messages: typeof messages }>, from: Address, names: readonly Name[]): void {
  if (names.length > 0) node.send([from], 'want', { names })
}
