import { type Address, digest, type ItemOf, strategy, z } from 'gossip/strategy'

/**
 * A player's state with regard to a rumor, as in the paper: A has not heard it; B-m spreads it (counter m, 1 to max); C
 * spreads it for `max` rounds more (counter max + 1); D has done with it.
 */
const item = ({ options }: { options: { max: number } }) => ({
  counter: 1,
  roundsLeft: options.max,
  called: null as Address | null,
  ahead: 0,
  behind: 0,
  isNew: true,
  metC: false,
})

export default strategy({
  summary:
    "Median-counter: push and pull until most partners have a counter as high as one's own, then a little longer.",
  source: 'Karp, Schindelhauer, Shenker, Voecking 2000, "Randomized rumor spreading", section 3',
  options: {
    max: z
      .int()
      .min(1)
      .default(4)
      .describe('rounds in state C, and highest counter in B; about log2 log2 n + 1'),
  },
  messages: { call: { have: digest() } },
  carries: { counter: z.int().min(1) },
  item,

  onPeriod(node) {
    for (const rumor of node.items) endRound(rumor, node.options.max)
    const [partner] = node.pick(1)
    if (partner === undefined) return
    node.send([partner], 'call', { have: node.digest() })
    for (const rumor of node.items) {
      rumor.state.called = partner
      if (spreads(rumor)) node.sendValue([partner], rumor, { counter: rumor.state.counter })
    }
  },
  onMessage: {
    // Both directions of a call: the partner that is called answers with the rumor, if it had it before this round.
    call(node, from, { have }) {
      for (const { state } of node.newerThan(have)) state.behind += 1
      for (const rumor of node.items)
        if (spreads(rumor) && !rumor.state.isNew)
          node.sendValue([from], rumor, { counter: rumor.state.counter })
    },
  },
  onNewer(node, { state }, _from, carried) {
    if ((carried?.counter ?? 0) > node.options.max) state.counter = node.options.max + 1
  },
  onKnown(node, { state }, from, carried) {
    if (carried === null) return
    if (state.called === from) state.called = null
    if (carried.counter > node.options.max) state.metC = true
    if (carried.counter >= state.counter) state.ahead += 1
    else state.behind += 1
  },
  interested: spreads,
})

type Rumor = ItemOf<{ item: typeof item }>

function spreads({ state }: Rumor): boolean {
  return state.roundsLeft > 0
}

/** The median rule, over the partners of the round that ends. */
function endRound({ state }: Rumor, max: number): void {
  // A partner that was called and did not answer had not heard the rumor.
  if (state.called !== null) state.behind += 1
  if (state.counter > max) state.roundsLeft -= 1
  else if (state.metC) state.counter = max + 1
  else if (!state.isNew && state.ahead > state.behind) state.counter += 1
  Object.assign(state, { called: null, ahead: 0, behind: 0, isNew: false, metC: false })
}
