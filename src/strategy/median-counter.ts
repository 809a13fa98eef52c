import { type Address, strategy, z } from 'gossip/strategy'

/**
 * A player's state, as in the paper: A has not heard the rumor (counter 0); B-m spreads it (counter m, 1 to
 * max); C spreads it for `max` rounds more (counter max + 1); D has done with it.
 */
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
  messages: { call: { counter: z.int().min(0) } },
  carries: { counter: z.int().min(1) },
  state: () => ({
    counter: 0,
    roundsLeft: 0,
    called: null as Address | null,
    ahead: 0,
    behind: 0,
    isNew: false,
    metC: false,
  }),

  onPeriod(node) {
    endRound(node)
    const { state } = node
    const [partner] = node.pick(1)
    if (partner === undefined) return
    state.called = partner
    node.send([partner], 'call', { counter: state.counter })
    if (spreads(node)) node.sendValue([partner], { counter: state.counter })
  },
  onMessage: {
    // Both directions of a call: the partner that is called answers with the rumor, if it had it before this round.
    call(node, from, { counter }) {
      if (counter === 0) tally(node, 0)
      if (spreads(node) && !node.state.isNew) node.sendValue([from], { counter: node.state.counter })
    },
  },
  onNewer(node, _from, carried) {
    const { max } = node.options
    const isC = (carried?.counter ?? 0) > max
    Object.assign(node.state, {
      counter: isC ? max + 1 : 1,
      roundsLeft: max,
      ahead: 0,
      behind: 0,
      isNew: true,
      metC: false,
    })
    node.state.called = null
  },
  onKnown(node, from, carried) {
    if (carried === null) return
    if (node.state.called === from) node.state.called = null
    tally(node, carried.counter)
  },
  interested: (node) => spreads(node),
})

interface Player {
  readonly options: { readonly max: number }
  readonly state: {
    counter: number
    roundsLeft: number
    called: Address | null
    ahead: number
    behind: number
    isNew: boolean
    metC: boolean
  }
}

function spreads({ state }: Player): boolean {
  return state.counter > 0 && state.roundsLeft > 0
}

function tally({ options, state }: Player, counter: number): void {
  if (counter > options.max) state.metC = true
  if (counter >= state.counter) state.ahead += 1
  else state.behind += 1
}

/** The median rule, over the partners of the round that ends. */
function endRound({ options, state }: Player): void {
  const inB = state.counter >= 1 && state.counter <= options.max
  // A partner that was called and did not answer had not heard the rumor.
  if (state.called !== null) state.behind += 1
  if (state.counter > options.max) state.roundsLeft -= 1
  else if (inB && state.metC) state.counter = options.max + 1
  else if (inB && !state.isNew && state.ahead > state.behind) state.counter += 1
  Object.assign(state, { called: null, ahead: 0, behind: 0, isNew: false, metC: false })
}
