import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary: 'Rumor mongering: spread a hot rumor until too many contacts knew it already, then lose interest.',
  source: 'Demers et al. 1987, "Epidemic algorithms for replicated database maintenance", section 1.4',
  options: {
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
  },
  messages: { ask: {}, needed: {}, knew: {} },
  state: () => ({ hot: false, counter: 0, fresh: false, served: false, wasNeeded: false }),

  onPeriod(node) {
    const { options, state } = node
    state.fresh = false
    if (options.direction === 'pull') {
      if (state.served) learn(node, state.wasNeeded)
      state.served = state.wasNeeded = false
      node.send(node.pick(1), 'ask', {})
    } else if (state.hot) {
      node.sendValue(node.pick(1))
      if (!options.feedback) learn(node, false)
    }
  },
  onNewer(node, from) {
    Object.assign(node.state, { hot: true, counter: 0, fresh: true })
    if (from !== null && node.options.feedback) node.send([from], 'needed', {})
  },
  // A copy that comes in the same period as the first was needed too.
  onKnown(node, from) {
    if (node.options.feedback) node.send([from], node.state.fresh ? 'needed' : 'knew', {})
  },
  onMessage: {
    ask(node, from) {
      if (!node.state.hot) return
      node.sendValue([from])
      node.state.served = true
    },
    // Pull judges a whole period's contacts at once.
    needed(node) {
      if (node.options.direction === 'push') learn(node, true)
      else node.state.wasNeeded = true
    },
    knew(node) {
      if (node.options.direction === 'push') learn(node, false)
    },
  },
  interested: (node) => node.state.hot,
})

interface Rumor {
  readonly options: { readonly counter: boolean; readonly k: number }
  readonly state: { hot: boolean; counter: number }
  chance(p: number): boolean
}

/** What a contact (with pull, a period's contacts) teaches: was the rumor still news? */
function learn(node: Rumor, wasNeeded: boolean): void {
  const { options, state } = node
  if (wasNeeded) {
    state.counter = 0
  } else if (options.counter) {
    state.counter += 1
    if (state.counter >= options.k) state.hot = false
  } else if (node.chance(1 / options.k)) {
    state.hot = false
  }
}
