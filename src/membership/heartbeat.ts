import { type Address, address, type MembershipNodeOf, membership, Recent, z } from 'gossip/membership'

const options = {
  expiry: z
    .number()
    .min(1)
    .max(1e6)
    .default(6)
    .describe(
      'periods without a grown heartbeat after which a peer is gone; more forgives more silence, and keeps the dead for longer',
    ),
  rows: z
    .int()
    .min(1)
    .max(256)
    .default(32)
    .describe('peers that a message names, the node itself among them; more spreads contacts sooner'),
}
const heartbeat = z.int().min(0)
const rides = { peers: z.array(z.object({ address: address(), heartbeat })).max(256) }
/** To itself. */
const messages = { exchange: {} }

type Rows = z.output<typeof rides.peers>

interface Told {
  /** In periods. */
  readonly at: number
  readonly ride: { readonly peers: Rows }
}

interface Peer {
  readonly address: Address
  heartbeat: number
  /** When it last grew, in periods of this node. */
  grewAt: number
  /** Was it reached when it was tried last? What others say does not keep one alive that is not. */
  isUp: boolean
}

const state = () => ({
  /** Ms time of the last period, by this node's clock; it only grows. */
  heartbeat: 0,
  peers: new Map<Address, Peer>(),
  /** Those whose heartbeats grew last. */
  grown: new Recent<Peer>(256),
  /** Those that are gone, with the heartbeat that they had. */
  gone: new Map<Address, number>(),
  /** Those that peers tell of and that were not reached so far: in which period somebody last did. They are only named. */
  others: new Map<Address, number>(),
  /** Periods until the next exchange of contacts; null before the first. */
  pause: null as number | null,
  lastPeriod: null as number | null,
  /** What rode last. */
  told: null as Told | null,
})

export default membership({
  summary:
    'Heartbeats: each message names some peers and how far their heartbeats are; one that stops is gone.',
  source:
    'van Renesse, Minsky, Hayden 1998, "A gossip-style failure detection service", section 2; new and tried addresses are kept apart as in Heilman et al. 2015, "Eclipse attacks on Bitcoin\'s peer-to-peer network", section 2',
  options,
  messages,
  rides,
  state,

  // Whoever is there gets a place, if need be that of who was silent for longest.
  onContact(node, contact) {
    const known = node.state.peers.get(contact)
    if (known !== undefined) return alive(node, known)
    if (!node.add(contact)) {
      const silent = longestSilent(node)
      if (silent !== undefined) lose(node, silent)
      if (!node.add(contact)) return
    }
    const { peers, gone } = node.state
    const peer = { address: contact, heartbeat: gone.get(contact) ?? 0, grewAt: 0, isUp: true }
    peers.set(contact, peer)
    grew(node, peer)
    gone.delete(contact)
    node.state.others.delete(contact)
    news(node)
  },
  onPeriod(node) {
    node.state.heartbeat = Math.max(own(node) + 1, node.clock)
    node.state.told = null
    forgiveSleep(node)
    for (const [peer, { grewAt }] of node.state.peers) if (node.now - grewAt >= expiry(node)) lose(node, peer)
    for (const [other, toldAt] of node.state.others)
      if (node.now - toldAt >= expiry(node)) node.state.others.delete(other)
    if (node.state.pause === null) news(node)
  },
  onUnreachable(node, peer) {
    const known = node.state.peers.get(peer)
    if (known === undefined) return
    known.isUp = false
    node.suspend(peer)
  },
  onGoodbye: lose,
  onMessage: {
    exchange(node) {
      for (const peer of node.pick(1)) node.greet(peer)
      waitForExchange(node)
    },
  },

  ride: told,
  // Anybody can say anything: whoever speaks is asked before it is a peer, and so is whom it tells of.
  onRide(node, from, { peers }) {
    const speaker = node.state.peers.get(from)
    if (speaker?.isUp) grew(node, speaker)
    else node.greet(from)
    const latest = node.clock + MAX_AHEAD_MS
    for (const row of peers) {
      if (row.heartbeat > latest) continue
      if (row.address === node.self) outgrow(node, row.heartbeat)
      else if (row.address !== from) hear(node, row, speaker?.isUp === true)
      // What a peer says of itself counts, even a smaller one: its clock may have been set back.
      else if (speaker?.isUp) speaker.heartbeat = row.heartbeat
    }
  },
  others: ({ state }) => state.others.keys(),
  about: (node, peer) => ({
    heartbeat: peer === node.self ? own(node) : (node.state.peers.get(peer)?.heartbeat ?? 0),
  }),
})

type Node = MembershipNodeOf<{ options: typeof options; messages: typeof messages; state: typeof state }>

/** A heartbeat further ahead of the node's own clock is made up. */
const MAX_AHEAD_MS = 24 * 3_600_000
/** Peers that are gone and remembered. */
const MAX_GONE = 256
/** Nodes that are named without having been reached. */
const MAX_OTHERS = 1024
/** Of so many it hears far more often than it can ask whether they are there: then it looks at a share of that. */
const MANY_OTHERS = 128
const LOOKED_AT = 1 / 8

function own({ state, clock }: Node): number {
  state.heartbeat ||= Math.max(0, clock)
  return state.heartbeat
}

/**
 * Others tell of a heartbeat that this node never had, or had before its clock was set back. It goes on from there, or
 * nobody could tell that it lives (as a member of SWIM with its incarnation: Das, Gupta, Motivala 2002, section 4.2).
 */
function outgrow(node: Node, heartbeat: number): void {
  if (heartbeat > own(node)) node.state.heartbeat = heartbeat + 1
}

/** @param isPeers does a peer say so? */
function hear(node: Node, { address, heartbeat }: Rows[number], isPeers: boolean): void {
  const { peers, gone, others } = node.state
  const known = peers.get(address)
  if (known === undefined && others.size >= MANY_OTHERS && !node.chance(LOOKED_AT)) return
  const last = known?.heartbeat ?? gone.get(address) ?? -1
  if (heartbeat <= last) return
  if (!known?.isUp) {
    node.greet(address)
    if (isPeers && known === undefined) name(node, address)
  } else {
    known.heartbeat = heartbeat
    grew(node, known)
  }
}

function name({ state, now }: Node, other: Address): void {
  const { others } = state
  if (others.size >= MAX_OTHERS && !others.has(other)) others.delete(others.keys().next().value!)
  others.set(other, Math.floor(now))
}

function alive(node: Node, peer: Peer): void {
  peer.isUp = true
  grew(node, peer)
}

function grew({ state, now }: Node, peer: Peer): void {
  peer.grewAt = now
  state.grown.add(peer)
}

function lose(node: Node, peer: Address): void {
  const { peers, gone } = node.state
  const known = peers.get(peer)
  if (known === undefined) return
  known.isUp = false
  peers.delete(peer)
  gone.delete(peer)
  gone.set(peer, known.heartbeat)
  if (gone.size > MAX_GONE) gone.delete(gone.keys().next().value!)
  node.state.told = null
  node.drop(peer)
}

function longestSilent(node: Node): Address | undefined {
  let first: Address | undefined
  let since = Number.POSITIVE_INFINITY
  for (const [peer, { grewAt }] of node.state.peers)
    if (grewAt < since) {
      first = peer
      since = grewAt
    }
  return first
}

/** Longer where more peers are known than some messages name: a heartbeat takes longer to come round then. */
function expiry({ state, options }: Node): number {
  return options.expiry * Math.max(1, state.peers.size / (4 * options.rows))
}

/** Time that this node itself slept through, stopped or overloaded, does not count against its peers. */
function forgiveSleep(node: Node): void {
  const slept = node.now - (node.state.lastPeriod ?? node.now)
  node.state.lastPeriod = node.now
  if (slept > expiry(node) / 2) for (const peer of node.state.peers.values()) peer.grewAt += slept
}

// Whom a message names: half the freshest, half at random of the rest, so that news travels fast and nothing is left out
// for long. What has not grown for half the expiry is probably dead, and to tell it would keep it alive elsewhere.

function told(node: Node): Told['ride'] {
  const before = node.state.told
  if (before !== null && node.now - before.at < TOLD_FOR) return before.ride
  const ride = { peers: [{ address: node.self, heartbeat: own(node) }, ...some(node)] }
  node.state.told = { at: node.now, ride }
  return ride
}

/** Periods for which the same ones are told. */
const TOLD_FOR = 0.05

function some(node: Node): Rows {
  const { peers, grown } = node.state
  const since = node.now - expiry(node) / 2
  const isFresh = ({ isUp, grewAt }: Peer): boolean => isUp && grewAt > since
  const room = node.options.rows - 1
  const freshest = grown.last(Math.ceil(room / 2), isFresh)
  const others = node.sample(peers.values(), room).filter(isFresh)
  const all = new Set([...freshest, ...others])
  return [...all].slice(0, room).map(({ address, heartbeat }) => ({ address, heartbeat }))
}

// Contacts are exchanged with a random peer once a period, sooner while there is news, so that nodes that start together
// know each other long before the first period ends.

/** Ms until the first exchange; with so many peers twice as long, as in a large cluster there is news all the time. */
const FIRST_PAUSE_MS = 150
const MANY_PEERS = 50
const GROWTH = 1.5
const JITTER = [0.75, 0.875, 1, 1.125, 1.25]

/** A peer was learnt of: others may not know it yet. */
function news(node: Node): void {
  const { state, options } = node
  // Of many it is one among those that are told next, and not worth a new choice.
  if (state.peers.size < options.rows) state.told = null
  const isWaiting = state.pause !== null
  state.pause = Math.min(1, (FIRST_PAUSE_MS / node.period) * (1 + state.peers.size / MANY_PEERS))
  if (!isWaiting) waitForExchange(node)
}

function waitForExchange(node: Node): void {
  const pause = node.state.pause ?? 1
  const [jitter = 1] = node.sample(JITTER, 1)
  node.state.pause = Math.min(1, pause * GROWTH)
  node.after(pause * jitter, 'exchange', node.self)
}
