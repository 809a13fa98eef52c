import { type Address, address, type MembershipNodeOf, membership, z } from 'gossip/membership'

const options = {
  size: z
    .int()
    .min(1)
    .max(1000)
    .default(20)
    .describe('entries of the view; more survives more crashes, and keeps who is gone for longer'),
  swap: z
    .int()
    .min(1)
    .max(64)
    .default(8)
    .describe('entries swapped a period; more mixes sooner, with longer messages'),
}
/** Periods; an entry grows no older than that, whatever is claimed of it. */
const MAX_AGE = 1e9
const entries = z.array(z.object({ peer: address(), age: z.int().min(0).max(MAX_AGE) })).max(64)
const messages = { shuffle: { entries }, answer: { entries } }
/** The view, with the age of each entry in periods; who was asked last, and what it was sent, which its answer replaces. */
const state = () => ({
  view: new Map<Address, number>(),
  asked: null as Address | null,
  sent: [] as Address[],
})

export default membership({
  summary: 'Cyclon: each period swap some entries of a small view with the peer in it that is known longest.',
  source:
    'Voulgaris, Gavidia, van Steen 2005, "CYCLON: inexpensive membership management for unstructured P2P overlays", section 3.2',
  partial: true,
  options,
  messages,
  state,

  // Who knows few takes it. Else they swap entries, which joins parts that had lost each other: discovery tells all of the
  // same ones, and who took these each time would have no others before long.
  onContact(node, contact) {
    const { size, swap } = node.options
    if (node.state.view.size < Math.min(swap, size)) learn(node, contact, 0)
    else shuffleWith(node, contact)
  },
  onPeriod(node) {
    const { view } = node.state
    for (const [peer, age] of view) view.set(peer, Math.min(age + 1, MAX_AGE))
    shuffle(node)
  },
  onUnreachable(node, peer) {
    forget(node, peer)
    if (peer === node.state.asked) shuffle(node)
  },
  onGoodbye: forget,
  onMessage: {
    shuffle(node, from, { entries }) {
      const some = node.sample(node.state.view.keys(), node.options.swap)
      node.send([from], 'answer', { entries: entriesOf(node, some) })
      merge(node, entries, some)
    },
    answer(node, from, { entries }) {
      if (from !== node.state.asked) return
      node.state.asked = null
      merge(node, entries, node.state.sent)
    },
  },
})

type Node = MembershipNodeOf<{ options: typeof options; messages: typeof messages; state: typeof state }>
type Entries = z.output<typeof entries>

/** Enhanced shuffling: the entry of the oldest goes, and an entry of this node with age 0 takes its place there. */
function shuffle(node: Node): void {
  const oldest = oldestOf(node.state.view)
  if (oldest === undefined) return
  forget(node, oldest)
  shuffleWith(node, oldest)
}

function shuffleWith(node: Node, peer: Address): void {
  const some = node.sample(node.state.view.keys(), node.options.swap - 1)
  node.state.asked = peer
  node.state.sent = some
  node.send([peer], 'shuffle', { entries: [{ peer: node.self, age: 0 }, ...entriesOf(node, some)] })
}

function oldestOf(view: ReadonlyMap<Address, number>): Address | undefined {
  let oldest: Address | undefined
  for (const [peer, age] of view) if (oldest === undefined || age > view.get(oldest)!) oldest = peer
  return oldest
}

function entriesOf({ state }: Node, peers: readonly Address[]): Entries {
  return peers.map((peer) => ({ peer, age: state.view.get(peer)! }))
}

/** New entries take empty places first, then those of what was sent; of one that is held already the lower age stays. */
function merge(node: Node, entries: Entries, sent: readonly Address[]): void {
  const { view } = node.state
  for (const { peer, age } of entries) {
    const known = view.get(peer)
    if (known !== undefined) view.set(peer, Math.min(known, age))
    else {
      const isFull = view.size >= node.options.size
      const out = isFull ? sent.find((it) => view.has(it)) : undefined
      if (isFull && out === undefined) return
      if (learn(node, peer, age) && out !== undefined) forget(node, out)
    }
  }
}

function learn(node: Node, peer: Address, age: number): boolean {
  const isPeer = node.add(peer)
  if (isPeer) node.state.view.set(peer, age)
  return isPeer
}

function forget(node: Node, peer: Address): void {
  node.state.view.delete(peer)
  node.drop(peer)
}
