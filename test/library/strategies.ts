/** Strategies that a script hands in itself. */
import { digest, strategy, z } from '../../src/library/index.ts'

/** The same as src/strategy/push.ts with fanout 2. */
export const mine = strategy({
  summary: 'Tell some peers of a newer value at once, and again each period.',
  options: { fanout: z.int().min(1).default(2).describe('peers told at a time') },
  onPeriod: (node) => node.sendValue(node.pick(node.options.fanout)),
  onNewer: (node, item) => node.sendValue(node.pick(node.options.fanout), item),
})

/** With messages, state and carried fields, so that its type differs in everything. */
export const rich = strategy({
  summary: 'Asks one peer each period.',
  messages: { ask: { have: digest() } },
  carries: { counter: z.int() },
  state: () => ({ counter: 0 }),
  onPeriod: (node) => node.send(node.pick(1), 'ask', { have: node.digest() }),
  onMessage: {
    ask(node, from, { have }) {
      node.sendValue([from], node.newerThan(have), { counter: node.state.counter++ })
    },
  },
})

export const failing = strategy({
  summary: 'Fails.',
  onNewer() {
    throw new Error('no luck')
  },
})
