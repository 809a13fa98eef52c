import {
  type Address,
  type Digest,
  digest,
  inMessages,
  type Name,
  type NodeOf,
  strategy,
  z,
} from 'gossip/strategy'

const options = {
  degree: z
    .int()
    .min(1)
    .default(5)
    .describe(
      'links that a node keeps at least, where no membership keeps some; more survives more crashes and costs more announcements',
    ),
  announce: z
    .number()
    .min(0)
    .default(0.05)
    .describe(
      'periods in which announcements gather, so that most values have come by the tree before; less repairs sooner, with more messages',
    ),
  patience: z
    .number()
    .positive()
    .default(0.05)
    .describe('periods to wait for a value that was announced; less repairs sooner, with more duplicates'),
}
const messages = {
  link: {},
  have: { have: digest() },
  graft: { want: digest() },
  prune: {},
  /** To itself: lazy links should hear of what was taken lately. */
  announce: {},
  /** To itself: what was announced should have come by now. */
  repair: { have: digest() },
}
/** Links, what lazy ones have not been told of, and who announced what has not come yet. */
const state = () => ({
  eager: new Set<Address>(),
  lazy: new Set<Address>(),
  fresh: new Set<Name>(),
  announcers: new Map<Digest, Set<Address>>(),
})
/** Values awaited, and to be announced, at a time: anybody can announce anything. */
const MAX_AWAITED = 1000

export default strategy({
  summary:
    'Plumtree: eager links form a tree that carries values, lazy links carry announcements that repair it.',
  source: 'Leitao, Pereira, Rodrigues 2007, "Epidemic broadcast trees", section 3',
  options,
  messages,
  state,

  // What was lost on the way is announced again each period; also to one more, who answers with a graft if the links
  // have come apart: where a membership keeps links it mends these, as in the paper.
  onPeriod(node) {
    linkUp(node)
    const links = new Set([...node.state.eager, ...node.state.lazy])
    if (node.items.length > 0) node.send([...links, ...node.pick(1, links)], 'have', { have: node.digest() })
  },
  onNewer(node, item, from) {
    linkUp(node)
    if (from !== null) makeEager(node, from)
    node.sendValue(
      [...node.state.eager].filter((peer) => peer !== from),
      item,
    )
    announceSoon(node, item.name)
  },
  onKnown(node, _item, from) {
    makeLazy(node, from)
    node.send([from], 'prune')
  },
  onPeerUp(node, peer) {
    if (node.links !== null) makeEager(node, peer)
  },
  onPeerDown({ state }, peer) {
    state.eager.delete(peer)
    state.lazy.delete(peer)
    for (const announcers of state.announcers.values()) announcers.delete(peer)
  },
  onMessage: {
    link: makeEager,
    prune: makeLazy,
    graft(node, from, { want }) {
      makeEager(node, from)
      node.sendValue([from], node.named(want))
    },
    have(node, from, { have }) {
      for (const name of node.lacks(have)) announced(node, name, from)
      const rest = node.beyond(have)
      if (rest !== null) node.send([from], 'have', { have: rest })
    },
    announce,
    repair: (node, _self, { have }) => repair(node, have),
  },
})

type Node = NodeOf<{ options: typeof options; messages: typeof messages; state: typeof state }>

/** Links are symmetric: a tree that only one end knows would carry values one way. */
function linkUp(node: Node): void {
  if (node.links !== null) return
  const { eager, lazy } = node.state
  const wanted = node.options.degree - eager.size - lazy.size
  if (wanted <= 0) return
  const peers = node.pick(wanted, new Set([...eager, ...lazy]))
  for (const peer of peers) eager.add(peer)
  node.send(peers, 'link')
}

function makeEager(node: Node, peer: Address): void {
  if (!mayLink(node, peer)) return
  node.state.lazy.delete(peer)
  node.state.eager.add(peer)
}

function makeLazy(node: Node, peer: Address): void {
  if (!mayLink(node, peer)) return
  node.state.eager.delete(peer)
  node.state.lazy.add(peer)
}

/** Where a membership keeps links, others may speak, too. */
function mayLink({ links }: Node, peer: Address): boolean {
  return links === null || links.includes(peer)
}

/** Several go in one message, as from the queue of lazy pushes in the paper. */
function announceSoon(node: Node, name: Name): void {
  const { fresh } = node.state
  const isWaiting = fresh.size > 0 || node.after(node.options.announce, 'announce', node.self)
  fresh.add(name)
  if (!isWaiting || fresh.size >= MAX_AWAITED) announce(node)
}

function announce(node: Node): void {
  const { fresh, lazy } = node.state
  const names = new Set(node.named([...fresh]).map(({ name }) => name))
  fresh.clear()
  for (const have of inMessages(names)) node.send([...lazy], 'have', { have })
}

function announced(node: Node, name: Digest, from: Address): void {
  const { announcers } = node.state
  if (announcers.has(name)) announcers.get(name)!.add(from)
  else if (announcers.size < MAX_AWAITED && wait(node, name)) announcers.set(name, new Set([from]))
}

/** A value was announced and has not come: ask one announcer after the other for it. */
function repair(node: Node, have: Digest): void {
  const { announcers } = node.state
  const [from] = (node.lacks(have).length > 0 && announcers.get(have)) || []
  if (from === undefined) {
    announcers.delete(have)
    return
  }
  announcers.get(have)!.delete(from)
  makeEager(node, from)
  node.send([from], 'graft', { want: have })
  if (!wait(node, have)) announcers.delete(have)
}

/** @returns will the node look after it? */
function wait(node: Node, have: Digest): boolean {
  return node.after(node.options.patience, 'repair', node.self, { have })
}
