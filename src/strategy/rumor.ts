import { digest, type ItemOf, type NodeOf, strategy, z } from 'gossip/strategy'

const options = {
  direction: z
    .enum(['push', 'pull'])
    .default('push')
    .describe('who calls: push, a node with the rumor; pull, every node'),
  feedback: z
    .boolean()
    .default(true)
    .describe('lose interest over contacts that knew it (else blind: over any contact)'),
  counter: z
    .boolean()
    .default(true)
    .describe('lose interest after k contacts in a row (else coin: each with probability 1/k)'),
  k: z.int().min(1).default(3).describe('patience: more leaves a smaller residue and costs more traffic'),
}
/** What a node remembers of a rumor: is it hot, how many contacts in a row knew it, and what came of this period's. */
const item = () => ({ hot: true, counter: 0, fresh: true, served: false, wasNeeded: false })

export default strategy({
  summary: 'Rumor mongering: spread a hot rumor until too many contacts knew it already, then lose interest.',
  source: 'Demers et al. 1987, "Epidemic algorithms for replicated database maintenance", section 1.4',
  options,
  messages: { ask: {}, needed: { it: digest() }, knew: { it: digest() } },
  item,

  onPeriod(node) {
    for (const { state } of node.items) state.fresh = false
    if (node.options.direction === 'pull') {
      for (const rumor of node.items) judge(node, rumor)
      node.send(node.pick(1), 'ask')
      return
    }
    const hot = node.items.filter(isHot)
    if (hot.length > 0) node.sendValue(node.pick(1), hot)
    if (!node.options.feedback) for (const rumor of hot) learn(node, rumor, false)
  },
  onNewer(node, rumor, from) {
    if (from !== null && node.options.feedback) node.send([from], 'needed', { it: rumor.name })
  },
  // A copy that comes in the same period as the first was needed too.
  onKnown(node, rumor, from) {
    if (node.options.feedback) node.send([from], rumor.state.fresh ? 'needed' : 'knew', { it: rumor.name })
  },
  onMessage: {
    ask(node, from) {
      const hot = node.items.filter(isHot)
      node.sendValue([from], hot)
      for (const { state } of hot) state.served = true
    },
    needed(node, _from, { it }) {
      for (const rumor of node.named(it)) answered(node, rumor, true)
    },
    knew(node, _from, { it }) {
      for (const rumor of node.named(it)) answered(node, rumor, false)
    },
  },
  interested: isHot,
})

type Node = NodeOf<{ options: typeof options }>
type Rumor = ItemOf<{ item: typeof item }>

function isHot({ state }: Rumor): boolean {
  return state.hot
}

function answered(node: Node, rumor: Rumor, wasNeeded: boolean): void {
  if (node.options.direction === 'push') learn(node, rumor, wasNeeded)
  else if (wasNeeded) rumor.state.wasNeeded = true
}

/** Pull judges a whole period's contacts at once. */
function judge(node: Node, rumor: Rumor): void {
  const { served, wasNeeded } = rumor.state
  if (served) learn(node, rumor, wasNeeded)
  Object.assign(rumor.state, { served: false, wasNeeded: false })
}

/** What a contact (with pull, a period's contacts) teaches: was the rumor still news? */
function learn(node: Node, { state }: Rumor, wasNeeded: boolean): void {
  const { counter, k } = node.options
  if (wasNeeded) {
    state.counter = 0
  } else if (counter) {
    state.counter += 1
    if (state.counter >= k) state.hot = false
  } else if (node.chance(1 / k)) {
    state.hot = false
  }
}
