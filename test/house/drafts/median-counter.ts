import { type ItemOf, strategy, z } from 'gossip/strategy'

/** What is remembered of a value: its counter, how many partners of this period were ahead, and what it has left. */
const item = ({ options }: { options: { last: number } }) => ({
  counter: 1,
  heard: 0,
  ahead: 0,
  metLast: false,
  left: options.last,
})

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
  item,

  onNewer(node, { state }, _from, carried) {
    if (carried !== null && carried.counter > node.options.ctrMax) state.counter = carried.counter
  },

  onKnown(node, { state }, _from, carried) {
    if (carried === null) return
    state.heard += 1
    if (carried.counter >= state.counter) state.ahead += 1
    if (carried.counter > node.options.ctrMax) state.metLast = true
  },

  onPeriod(node) {
    for (const rumor of node.items) endRound(rumor, node.options.ctrMax)
    const to = node.pick(1)
    for (const it of node.items) if (isSpread(it)) node.sendValue(to, it, { counter: it.state.counter })
    node.send(to, 'pull')
  },

  onMessage: {
    pull(node, from) {
      for (const it of node.items) if (isSpread(it)) node.sendValue([from], it, { counter: it.state.counter })
    },
  },

  interested: isSpread,
})

type Rumor = ItemOf<{ item: typeof item }>

function isSpread({ state }: Rumor): boolean {
  return state.left > 0
}

function endRound({ state }: Rumor, ctrMax: number): void {
  if (state.counter > ctrMax) state.left -= 1
  else if (2 * state.ahead > state.heard || state.metLast) state.counter += 1
  Object.assign(state, { heard: 0, ahead: 0, metLast: false })
}
