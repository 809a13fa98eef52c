import { type Address, digest, type Name, type NodeOf, strategy, z } from 'gossip/strategy'

const messages = {
  compare: { have: digest() },
  news: { have: digest() },
  want: { names: digest() },
}
/** What was asked for in this period, as others told of it; what does not come is compared in the next. */
const state = () => ({ asked: new Set<Name>() })
/** Names of that, at most: anybody can tell of anything. */
const MAX_ASKED = 1000

export default strategy({
  summary:
    'Push-pull (anti-entropy): each period compare what is held with a random peer, and tell some at once that there is something newer.',
  source:
    'Demers et al. 1987, "Epidemic algorithms for replicated database maintenance", section 1.3 (push-pull)',
  options: {
    fanout: z
      .int()
      .min(1)
      .default(1)
      .describe('peers compared with a period; more spreads faster and costs more'),
    atOnce: z
      .int()
      .min(0)
      .default(5)
      .describe(
        'peers told as soon as a newer value comes, who ask for it if they lack it; 0 waits for the period, as in the paper',
      ),
  },
  messages,
  state,

  onPeriod(node) {
    node.state.asked.clear()
    node.send(node.pick(node.options.fanout), 'compare', { have: node.digest() })
  },
  onNewer: (node, item, from) =>
    node.send(node.pick(node.options.atOnce, [from]), 'news', { have: item.name }),
  onMessage: {
    compare(node, from, { have }) {
      node.sendValue([from], node.newerThan(have))
      const rest = node.beyond(have) && node.beyond(have, true)
      if (rest !== null) node.send([from], 'compare', { have: rest })
      else want(node, from, node.lacks(have))
    },
    news(node, from, { have }) {
      const { asked } = node.state
      const names = node.lacks(have).filter((name) => !asked.has(name))
      for (const name of names) if (asked.size < MAX_ASKED) asked.add(name)
      node.sendValue([from], node.newerThan(have))
      want(node, from, names)
    },
    want: (node, from, { names }) => node.sendValue([from], node.named(names)),
  },
  onOlder: (node, item, from) => node.sendValue([from], item),
})

type Node = NodeOf<{ messages: typeof messages; state: typeof state }>

/** By name: a digest of all might come before what was just sent, which would be sent again. */
function want(node: Node, from: Address, names: readonly Name[]): void {
  if (names.length > 0) node.send([from], 'want', { names })
}
