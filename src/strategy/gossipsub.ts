import { type Address, type Digest, digest, type Name, type NodeOf, strategy, z } from 'gossip/strategy'

/** So many peers, or periods. */
const count = (least: number, usual: number, what: string) =>
  z.int().min(least).max(1000).default(usual).describe(what)
const amount = (most: number, usual: number, what: string) =>
  z.number().min(0).max(most).default(usual).describe(what)
const isOn = (what: string) => z.boolean().default(false).describe(what)
const options = {
  d: count(1, 6, 'peers of the mesh aimed at; more is faster and survives more, with more duplicates'),
  dLow: count(1, 4, 'with fewer the mesh is filled up to d; nearer to d it is mended sooner, by more grafts'),
  dHigh: count(1, 12, 'with so many no graft is taken; fewer spares the well-known, and turns more away'),
  dLazy: count(0, 6, 'other peers told of recent values each period, at least; more repairs sooner'),
  gossipFactor: amount(1, 0.25, 'share of those others told, if that is more; dear where nodes know many'),
  mcacheGossip: count(1, 3, 'periods that a value is recent; more mends longer gaps, with longer messages'),
  pruneBackoff: count(1, 60, 'periods without a graft after a prune; fewer mends sooner, with more prunes'),
  floodPublish: isOn('what a client gives goes to all known peers, not the mesh; faster, at the cost of one'),
  idontwant: isOn('tell the mesh what has come (v1.2): spares duplicates of long values, dearer than short'),
  dAnnounce: count(0, 0, 'of d peers those told, who ask (v2.0): fewer duplicates, a round trip more'),
  timeout: amount(100, 0.4, 'periods to wait for what was announced; fewer mean more duplicates'),
  antiEntropy: count(0, 1, 'peers told of all that is held each period, for who was away; 0 as in the spec'),
}
const messages = {
  graft: {},
  prune: { backoff: z.int().min(1).max(1000) },
  ihave: { have: digest() },
  iwant: { want: digest() },
  idontwant: { it: digest() },
  iannounce: { it: digest() },
  ineed: { it: digest() },
  /** To itself: what was needed should have come by now. */
  timeout: { it: digest() },
}
const state = () => ({
  mesh: new Set<Address>(),
  /** Peers that are not to be grafted, and for how many more periods. */
  backoff: new Map<Address, number>(),
  /** In this period: how much whom was asked for, what whom was answered, and who does not want what. */
  asked: new Map<Address, number>(),
  answered: new Map<Address, Set<Name>>(),
  dontSend: new Map<Name, Set<Address>>(),
  /** Who announced what has not come yet, the earliest first. */
  acache: new Map<Digest, Set<Address>>(),
})
/** Names told, asked of one peer and remembered in a period (Go's MaxIHaveLength), and told in one message. */
const MAX_NAMES = 5000
const NAMES_IN_A_MESSAGE = 100

export default strategy({
  summary: 'Gossipsub: values go along a mesh of bounded degree; others hear names of recent ones, and ask.',
  source: 'libp2p specifications, pubsub/gossipsub v1.0, v1.1 and v1.2; v2.0 as drafted',
  options,
  messages,
  state,

  // The heartbeat.
  onPeriod(node) {
    const { asked, answered, dontSend } = node.state
    for (const it of [asked, answered, dontSend]) it.clear()
    maintainMesh(node)
    emitGossip(node)
  },
  onNewer(node, item, from) {
    const { mesh, acache, dontSend } = node.state
    const { d, dAnnounce, floodPublish, idontwant } = node.options
    const it = item.name
    acache.delete(it)
    const others = [...mesh].filter((peer) => peer !== from)
    if (idontwant && from !== null) node.send(others, 'idontwant', { it })
    // Who has no mesh yet sends it to others all the same: the fanout.
    const fanout = node.pick(missing(node), [...mesh, from])
    for (const peer of from === null && floodPublish ? node.peers : [...others, ...fanout]) {
      if (dontSend.get(it)?.has(peer)) continue
      // Nobody has what is published: all hear its name, or none.
      const isLazy = from === null ? dAnnounce >= d : node.chance(dAnnounce / d)
      if (isLazy) node.send([peer], 'iannounce', { it })
      else node.sendValue([peer], item)
    }
  },
  onPeerDown({ state }, peer) {
    for (const peers of [state.mesh, state.backoff, state.asked, state.answered]) peers.delete(peer)
    for (const peers of [...state.dontSend.values(), ...state.acache.values()]) peers.delete(peer)
  },
  onMessage: {
    // v1.1 takes more than D_high over connections that it opened itself; of those nothing is known here.
    graft(node, from) {
      const { mesh, backoff } = node.state
      if (mesh.has(from)) return
      if (mesh.size < node.options.dHigh && !backoff.has(from)) mesh.add(from)
      else {
        backoff.set(from, node.options.pruneBackoff)
        node.send([from], 'prune', { backoff: node.options.pruneBackoff })
      }
    },
    prune({ state }, from, { backoff }) {
      state.mesh.delete(from)
      state.backoff.set(from, backoff)
    },
    ihave(node, from, { have }) {
      const before = node.state.asked.get(from) ?? 0
      const want = node.lacks(have).slice(0, MAX_NAMES - before)
      node.state.asked.set(from, before + want.length)
      if (want.length > 0) node.send([from], 'iwant', { want })
      const rest = node.beyond(have)
      if (rest !== null) node.send([from], 'ihave', { have: rest })
    },
    iwant: (node, from, { want }) => answer(node, from, want),
    idontwant(node, from, { it }) {
      const { dontSend } = node.state
      for (const name of node.lacks(it))
        if (dontSend.size < MAX_NAMES) dontSend.set(name, (dontSend.get(name) ?? new Set()).add(from))
    },
    iannounce(node, from, { it }) {
      const { acache } = node.state
      for (const name of node.lacks(it)) {
        acache.get(name)?.add(from)
        if (acache.has(name) || acache.size >= MAX_NAMES) continue
        acache.set(name, new Set([from]))
        need(node, name)
      }
    },
    ineed: (node, from, { it }) => answer(node, from, it),
    timeout: (node, _self, { it }) => need(node, it),
  },
})

type Node = NodeOf<{ options: typeof options; messages: typeof messages; state: typeof state }>

function missing({ state, options }: Node): number {
  return state.mesh.size < options.dLow ? Math.max(0, options.d - state.mesh.size) : 0
}

/** No graft is taken beyond D_high, so there is nothing to cut down. */
function maintainMesh(node: Node): void {
  const { mesh, backoff } = node.state
  for (const [peer, periods] of backoff) {
    if (periods > 1) backoff.set(peer, periods - 1)
    else backoff.delete(peer)
  }
  const peers = node.pick(missing(node), new Set([...mesh, ...backoff.keys()]))
  for (const peer of peers) mesh.add(peer)
  node.send(peers, 'graft')
}

function emitGossip(node: Node): void {
  if (node.items.length === 0) return
  const { dLazy, gossipFactor, mcacheGossip, antiEntropy } = node.options
  node.send(node.pick(antiEntropy), 'ihave', { have: node.digest() })
  // A period has just begun, in which nothing has come yet.
  const names = node.recent(mcacheGossip + 1).map(({ name }) => name)
  if (names.length === 0) return
  const { mesh } = node.state
  const factor = Math.floor(gossipFactor * (node.peers.length - mesh.size))
  const peers = node.pick(Math.max(dLazy, factor), mesh)
  for (let i = 0; i < Math.min(names.length, MAX_NAMES); i += NAMES_IN_A_MESSAGE)
    node.send(peers, 'ihave', { have: names.slice(i, i + NAMES_IN_A_MESSAGE) })
}

/** Each value once a period: who asks again and again costs no more. What a node holds is its message cache. */
function answer(node: Node, from: Address, names: Digest): void {
  const { answered } = node.state
  const before = answered.get(from) ?? new Set()
  answered.set(from, before)
  const items = node.named(names).filter(({ name }) => !before.has(name))
  for (const { name } of items) before.add(name)
  node.sendValue([from], items)
}

/** Asks the earliest who announced it, and after the timeout the next. */
function need(node: Node, it: Digest): void {
  const { acache } = node.state
  const [from] = (node.lacks(it).length > 0 && acache.get(it)) || []
  if (from !== undefined) {
    acache.get(it)!.delete(from)
    node.send([from], 'ineed', { it })
  }
  if (from === undefined || !node.after(node.options.timeout, 'timeout', node.self, { it })) acache.delete(it)
}
