import { strategy, z } from 'gossip/strategy'

export default strategy({
  summary:
    'Median-counter: nodes count how long they know the value, and stop when most others count as much.',
  source: 'Karp, Schindelhauer, Shenker, Voecking 2000, "Randomized rumor spreading", section 3',
  options: {
    ctrMax: z.int().min(1).default(3).describe('counter at which a node only answers; more costs messages'),
    last: z.int().min(1).default(3).describe('periods in which it still answers; more leaves fewer without'),
  },
  carries: { counter: z.int().min(0) },
  messages: { pull: {} },
  state: () => ({ counter: 0, heard: [] as number[], left: 0 }),

  onNewer(node, _from, carried) {
    node.state.counter = carried !== null && carried.counter > node.options.ctrMax ? carried.counter : 1
    node.state.heard = []
    node.state.left = node.options.last
  },

  onKnown(node, _from, carried) {
    if (carried !== null) node.state.heard.push(carried.counter)
  },

  onPeriod(node) {
    const { state, options } = node
    if (state.counter > options.ctrMax) {
      state.left -= 1
    } else if (state.counter > 0) {
      const ahead = state.heard.filter((counter) => counter >= state.counter).length
      if (2 * ahead > state.heard.length || state.heard.some((counter) => counter > options.ctrMax))
        state.counter += 1
    }
    state.heard = []
    const to = node.pick(1)
    if (state.counter > 0 && state.left > 0) node.sendValue(to, { counter: state.counter })
    node.send(to, 'pull', {})
  },

  onMessage: {
    pull(node, from) {
      if (node.state.left > 0) node.sendValue([from], { counter: node.state.counter })
    },
  },

  interested: (node) => node.state.left > 0,
})
