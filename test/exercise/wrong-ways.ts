/** Ways that come to mind, and do not reach the target: each misses the figure that is named. */
import { type Address, membership } from 'gossip/membership'
import { digest, strategy, z } from 'gossip/strategy'
import heartbeat from '../../src/membership/heartbeat.ts'
import flood from '../../src/strategy/flood.ts'
import infectAndDie from '../../src/strategy/infect-and-die.ts'
import plumtree from '../../src/strategy/plumtree.ts'
import pull from '../../src/strategy/pull.ts'
import push from '../../src/strategy/push.ts'
import rumor from '../../src/strategy/rumor.ts'
import silent from '../../src/strategy/silent.ts'

interface WrongWay {
  readonly number: number
  readonly what: string
  readonly definition: unknown
  /** What stands among the figures that are missed. */
  readonly misses: RegExp
}

/** Push whose nodes tell only at once. */
const once = (fanout: number) =>
  strategy({ summary: 'Tells some once.', onNewer: (node, item) => node.sendValue(node.pick(fanout), item) })

/** What is said of a peer is believed at once. */
const hasty = membership({
  summary: 'Drops whom a message can not reach.',
  messages: { ask: {}, alive: {} },
  onContact: (node, contact) => void node.add(contact),
  onPeriod: (node) => node.send(node.peers, 'ask'),
  onUnreachable: (node, peer) => node.drop(peer),
  onMessage: {
    ask(node, from) {
      node.add(from)
      node.send([from], 'alive')
    },
    alive: (node, from) => void node.add(from),
  },
})

/** Nobody can be missed of whom one knows nothing. */
const alone = membership({ summary: 'Knows nobody.', state: () => ({ none: null as Address | null }) })

export const wrongWays: readonly WrongWay[] = [
  { number: 1, what: 'only at once', definition: infectAndDie, misses: /^residue/ },
  { number: 1, what: 'questions in each period', definition: pull, misses: /^messages/ },
  { number: 1, what: 'nothing at all', definition: silent, misses: /^residue/ },
  { number: 1, what: 'everybody at once', definition: flood, misses: /^messages/ },

  { number: 2, what: 'back to where it came from, too', definition: push, misses: /^messages/ },
  { number: 2, what: 'a rumor that dies', definition: rumor, misses: /^residue/ },
  { number: 2, what: 'two random ones, once', definition: once(2), misses: /^messages/ },

  { number: 3, what: 'ten at once', definition: once(10), misses: /messages/ },
  { number: 3, what: 'push', definition: push, misses: /messages/ },
  { number: 3, what: 'flood', definition: flood, misses: /^messages/ },

  { number: 4, what: 'a rumor that dies', definition: rumor, misses: /^residue/ },
  { number: 4, what: 'three a period for ever', definition: push, misses: /^messages/ },
  { number: 4, what: 'only at once', definition: infectAndDie, misses: /^residue/ },

  { number: 5, what: 'each value by itself', definition: flood, misses: /^messages/ },
  { number: 5, what: 'a tree whose values go one by one', definition: plumtree, misses: /median delay/ },
  {
    number: 5,
    what: 'comparing in periods alone',
    definition: strategy({
      summary: 'Compares.',
      messages: { compare: { have: digest() } },
      onPeriod: (node) => node.send(node.pick(3), 'compare', { have: node.digest() }),
      onMessage: { compare: (node, from, { have }) => node.sendValue([from], node.newerThan(have)) },
    }),
    misses: /median delay/,
  },

  {
    number: 6,
    what: 'a number that was found out beforehand',
    definition: strategy({
      summary: 'Knows it.',
      onPeriod: (node) => node.report('mean', 17.5),
      settled: () => false,
    }),
    misses: /error/,
  },
  {
    number: 6,
    what: 'half of the sum goes, and all of the weight stays',
    definition: strategy({
      summary: 'Halves the sum alone.',
      messages: { share: { sum: z.number() } },
      state: ({ number }) => ({ sum: number }),
      onPeriod(node) {
        node.state.sum /= 2
        node.send(node.pick(1), 'share', { sum: node.state.sum })
        node.report('mean', node.state.sum)
      },
      onMessage: {
        share({ state }, _from, { sum }) {
          state.sum += sum
        },
      },
      settled: () => false,
    }),
    misses: /error/,
  },
  { number: 6, what: 'no report at all', definition: push, misses: /error/ },

  { number: 7, what: 'heartbeats that wait six periods', definition: heartbeat, misses: /periods until/ },
  { number: 7, what: 'who can not be reached is dead', definition: hasty, misses: /were dropped/ },
  { number: 7, what: 'who knows nobody misses nobody', definition: alone, misses: /lacks/ },

  { number: 8, what: 'plumtree itself', definition: plumtree, misses: /plumtree's/ },
  { number: 8, what: 'the cheapest', definition: silent, misses: /delivers/ },
  { number: 8, what: 'only at once', definition: once(3), misses: /delivers/ },
]
