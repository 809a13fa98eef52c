import { type Address, address, type MembershipNodeOf, membership, z } from 'gossip/membership'

const options = { times: z.int().min(1).default(8).describe('questions that a peer may leave unanswered') }
const messages = { ask: {}, alive: {}, again: { left: z.int().min(0) } }
const rides = { known: z.array(address()).max(8) }
/** Peers that have said nothing in this period. */
const state = () => ({ silent: new Set<Address>() })

type Node = MembershipNodeOf<{ options: typeof options; messages: typeof messages; state: typeof state }>

export default membership({
  summary: 'Ask every peer in each period, several times, and drop who has not said a word.',
  options,
  messages,
  rides,
  state,

  onContact: heard,
  onPeriod(node) {
    node.state.silent = new Set(node.peers)
    ask(node, node.options.times)
  },
  onMessage: {
    ask(node, from) {
      heard(node, from)
      node.send([from], 'alive')
    },
    alive: heard,
    again(node, _from, { left }) {
      if (left > 0) ask(node, left)
      else for (const peer of node.state.silent) node.drop(peer)
    },
  },

  ride: (node) => ({ known: node.sample(node.peers, 8) }),
  onRide(node, _from, { known }) {
    const strangers = known.filter((it) => it !== node.self && !node.peers.includes(it))
    node.send(node.sample(strangers, 3), 'ask')
  },
})

function ask(node: Node, left: number): void {
  node.send([...node.state.silent], 'ask')
  node.after(0.9 / node.options.times, 'again', node.self, { left: left - 1 })
}

function heard(node: Node, from: Address): void {
  node.add(from)
  node.state.silent.delete(from)
}
