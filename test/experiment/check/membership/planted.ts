/** A membership that is right, as short as one can be, and what is planted in it for the check to find. */
import {
  type Address,
  address,
  type MembershipNode,
  membership,
  z,
} from '../../../../src/gossip/membership.ts'

const summary = 'planted'
const known = z.array(address())
const messages = { hello: { known } }
/** Helpers take nodes of any state. */
// biome-ignore lint/suspicious/noExplicitAny: as in a file that no compiler saw
type Node = MembershipNode<any, any, any>

/** Each asks a peer in each period, takes who speaks, and asks whom others know; it drops whom it can't reach. */
const right = {
  summary,
  messages,
  onContact(node: Node, contact: Address): void {
    node.send([contact], 'hello', { known: [] })
  },
  onPeriod(node: Node): void {
    node.send(node.pick(2), 'hello', { known: node.pick(5) })
  },
  onUnreachable(node: Node, peer: Address): void {
    node.drop(peer)
  },
  onMessage: {
    hello(node: Node, from: Address, { known }: { known: readonly Address[] }): void {
      if (!node.peers.includes(from)) {
        node.add(from)
        node.send([from], 'hello', { known: node.pick(5) })
      }
      const others = known.filter((it) => !node.peers.includes(it))
      node.send(others, 'hello', { known: [] })
    },
  },
}

let calls = 0
let kept: Node | undefined
const shared = { told: 0 }
const age = (node: Node): number => node.state.age

export const planted = {
  right,
  'knows nobody': { summary, messages, onMessage: { hello() {} } },
  'closed society': {
    ...right,
    state: () => ({ age: 0 }),
    onContact(node: Node, contact: Address) {
      if (age(node) < 5) right.onContact(node, contact)
    },
    onPeriod(node: Node) {
      node.state.age += 1
      right.onPeriod(node)
    },
    onMessage: {
      hello(node: Node, from: Address, fields: { known: Address[] }) {
        if (age(node) < 5) right.onMessage.hello(node, from, fields)
      },
    },
  },
  'bears a grudge': {
    ...right,
    state: () => ({ grudges: new Set<Address>() }),
    onUnreachable(node: Node, peer: Address) {
      node.state.grudges.add(peer)
      node.drop(peer)
    },
    onMessage: {
      hello(node: Node, from: Address, { known }: { known: Address[] }) {
        if (node.state.grudges.has(from)) return
        right.onMessage.hello(node, from, { known: known.filter((it) => !node.state.grudges.has(it)) })
      },
    },
  },
  'never drops': { ...right, onUnreachable() {} },
  'forgets who is silent': {
    ...right,
    state: () => ({ age: 0, heard: new Map<Address, number>() }),
    onPeriod(node: Node) {
      node.state.age += 1
      node.send(node.peers, 'hello', { known: node.pick(5) })
      for (const [peer, at] of node.state.heard) if (age(node) - at > 8) node.drop(peer)
    },
    onMessage: {
      hello(node: Node, from: Address, fields: { known: Address[] }) {
        const { heard } = node.state
        // Who was silent once is dead for ever.
        if (age(node) - (heard.get(from) ?? age(node)) > 8) return
        heard.set(from, age(node))
        right.onMessage.hello(node, from, { known: fields.known.filter((it) => !heard.has(it)) })
      },
    },
  },
  variable: {
    ...right,
    onPeriod(node: Node) {
      calls += 1
      if (calls % 1000 === 0) right.onPeriod(node)
      right.onPeriod(node)
    },
  },
  dice: {
    ...right,
    onPeriod: (node: Node) => node.send(node.pick(1 + Math.floor(2 * Math.random())), 'hello', { known: [] }),
  },
  'quiet clock': {
    ...right,
    onPeriod(node: Node) {
      try {
        Date.now()
      } catch {}
      right.onPeriod(node)
    },
  },
  text: { ...right, onPeriod: (node: Node) => node.send(node.pick(1), 'hello', { known: 'all' }) },
  'quiet refusal': {
    ...right,
    onPeriod(node: Node) {
      try {
        node.send(node.pick(1), 'hello', { known: node.peers.length })
      } catch {}
      right.onPeriod(node)
    },
  },
  'rides a set': {
    ...right,
    rides: { known: z.any() },
    ride: (node: Node) => ({ known: new Set(node.peers) }),
  },
  writing: {
    ...right,
    onMessage: {
      hello(node: Node, from: Address, fields: { known: Address[] }) {
        right.onMessage.hello(node, from, fields)
        try {
          fields.known.push(from)
        } catch {}
      },
    },
  },
  'writes what rode': {
    ...right,
    rides: { load: z.number() },
    ride: () => ({ load: 1 }),
    onRide(_node: Node, _from: Address, fields: { load: number }) {
      try {
        fields.load += 1
      } catch {}
    },
  },
  throwing: {
    ...right,
    onUnreachable() {
      throw new Error('broken')
    },
  },
  late: {
    ...right,
    async onPeriod(node: Node) {
      right.onPeriod(node)
    },
  },
  'to nobody': { ...right, onPeriod: (node: Node) => node.send([node.pick(1)[0]!], 'hello', { known: [] }) },
  'bad state': {
    ...right,
    state() {
      throw new Error('no state')
    },
    onPeriod: (node: Node) => void node.state,
  },
  storm: {
    ...right,
    onMessage: {
      hello(node: Node, from: Address, { known }: { known: Address[] }) {
        right.onMessage.hello(node, from, { known })
        node.send(node.pick(2), 'hello', { known: [] })
      },
    },
  },
  'longer letters': {
    ...right,
    messages: { hello: { known, note: z.string().optional() } },
    state: () => ({ note: '' }),
    onPeriod(node: Node) {
      node.state.note += '.'
      node.send(node.pick(2), 'hello', { known: [], note: node.state.note })
    },
  },
  'longer rides': {
    ...right,
    rides: { all: z.array(z.number()) },
    state: () => ({ all: [] as number[] }),
    onPeriod(node: Node) {
      node.state.all.push(1)
      right.onPeriod(node)
    },
    ride: (node: Node) => ({ all: node.state.all }),
  },
  diary: {
    ...right,
    state: () => ({ days: [] as number[] }),
    onPeriod(node: Node) {
      node.state.days.push(node.peers.length)
      right.onPeriod(node)
    },
  },
  'remembers the dead': {
    ...right,
    state: () => ({ dead: [] as Address[] }),
    onUnreachable(node: Node, peer: Address) {
      node.state.dead.push(peer)
      node.drop(peer)
    },
  },
  'more timers': {
    ...right,
    onPeriod(node: Node) {
      node.after(100_000, 'hello', node.self, { known: [] })
      right.onPeriod(node)
    },
  },
  'one state': { ...right, state: () => shared, onPeriod: (node: Node) => void node.state.told },
  'kept node': {
    ...right,
    onPeriod(node: Node) {
      kept ??= node
      node.send(kept.pick(1), 'hello', { known: [] })
    },
  },
}

/** What TypeScript says of each is said again as it is made ready. */
export const declared = (name: keyof typeof planted): unknown => membership(planted[name] as never)
