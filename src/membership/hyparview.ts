import { type Address, address, type MembershipNodeOf, membership, z } from 'gossip/membership'

const options = {
  active: z
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe(
      'peers in the active view, which carries everything; more costs more duplicates and survives more',
    ),
  passive: z
    .int()
    .min(1)
    .max(1000)
    .default(30)
    .describe('others kept to mend it from; more survives more crashes at once'),
  activeWalk: z
    .int()
    .min(1)
    .max(20)
    .default(6)
    .describe('hops of a join and of a shuffle through active views'),
  passiveWalk: z
    .int()
    .min(0)
    .max(20)
    .default(3)
    .describe('hops of a join after which a node that passes it on keeps the newcomer in its passive view'),
  shuffleActive: z.int().min(0).max(30).default(3).describe('entries of the active view in a shuffle'),
  shufflePassive: z.int().min(0).max(30).default(4).describe('entries of the passive view in a shuffle'),
  mixing: z
    .int()
    .min(0)
    .default(1000)
    .describe(
      'periods after its start in which a node now and then gives up a link for another one; more joins islands, and mends what was cut for long; with 0, as in the paper, links last',
    ),
}
const hops = z.int().min(0).max(40)
const sample = z.array(address()).max(64)
const messages = {
  join: {},
  forwardJoin: { joiner: address(), hops },
  neighbor: { urgent: z.boolean() },
  accept: {},
  reject: {},
  disconnect: {},
  shuffle: { origin: address(), sample, hops },
  shuffleReply: { sample },
}
const state = () => ({
  active: new Set<Address>(),
  passive: new Set<Address>(),
  /** Of this period: places that newcomers may still take from others, requests that may still be refused. */
  evictions: MAX_EVICTIONS,
  requests: MAX_REQUESTS,
  /** Periods since it started, and whom it asked to give up a link for this node, which does so, too. */
  age: 0,
  exchange: null as Address | null,
  /** What was told of in the last shuffle: it makes room first. */
  told: [] as Address[],
})

/** Links that a node gives up for newcomers in a period: a stranger can claim to be any number of them. */
const MAX_EVICTIONS = 1
/** Requests for a link that may be refused in a period. */
const MAX_REQUESTS = 5
/** Hops that a join may go on where nobody has a place for it. */
const MORE_HOPS = 6

export default membership({
  summary:
    'HyParView: few symmetric links that carry everything, and a larger passive view to mend them from.',
  source:
    'Leitao, Pereira, Rodrigues 2007, "HyParView: a membership protocol for reliable gossip-based broadcast", section 4',
  partial: true,
  links: true,
  options,
  messages,
  state,

  onContact(node, contact) {
    if (node.state.active.size === 0 && node.state.passive.size === 0) node.send([contact], 'join')
    keep(node, contact)
  },
  onPeriod(node) {
    const { active, passive } = node.state
    const { activeWalk, shuffleActive, shufflePassive } = node.options
    node.state.age += 1
    node.state.evictions = MAX_EVICTIONS
    node.state.requests = MAX_REQUESTS
    const [to] = node.sample(active, 1)
    if (to === undefined) return rejoin(node)
    node.state.told = [...node.sample(active, shuffleActive), ...node.sample(passive, shufflePassive)]
    node.send([to], 'shuffle', { origin: node.self, sample: node.state.told, hops: activeWalk })
    if (isFull(node)) exchange(node)
    else mend(node)
  },
  onUnreachable: lose,
  onGoodbye: lose,
  onMessage: {
    join(node, from) {
      const others = [...node.state.active].filter((it) => it !== from)
      if (others.length === 0 || hasPlace(node)) welcome(node, from)
      node.send(others, 'forwardJoin', { joiner: from, hops: node.options.activeWalk + MORE_HOPS })
    },
    forwardJoin(node, from, { joiner, hops }) {
      if (joiner === node.self || isNoLink(node, from)) return
      const [next] = node.sample(
        [...node.state.active].filter((it) => it !== from && it !== joiner),
        1,
      )
      if (next === undefined || (hops <= MORE_HOPS && hasPlace(node))) return welcome(node, joiner)
      const { activeWalk, passiveWalk } = node.options
      if (hops === activeWalk + MORE_HOPS - passiveWalk) keep(node, joiner)
      if (hops > 0) node.send([next], 'forwardJoin', { joiner, hops: hops - 1 })
    },
    neighbor(node, from, { urgent }) {
      if (isFull(node) && !(urgent && hasPlace(node))) node.send([from], 'reject')
      else welcome(node, from)
    },
    accept(node, from) {
      const isExchange = from === node.state.exchange
      if (!node.state.active.has(from) && isFull(node) && !isExchange) node.send([from], 'disconnect')
      else if (connect(node, from)) mend(node)
    },
    reject(node, from) {
      keep(node, from)
      mend(node)
    },
    disconnect(node, from) {
      disconnect(node, from)
      mend(node)
    },
    shuffle(node, from, { origin, sample, hops }) {
      if (isNoLink(node, from)) return
      const [next] = node.sample(
        [...node.state.active].filter((it) => it !== from && it !== origin),
        1,
      )
      if (hops > 0 && next !== undefined)
        return node.send([next], 'shuffle', { origin, sample, hops: hops - 1 })
      const mine = node.sample(node.state.passive, sample.length)
      node.send([origin], 'shuffleReply', { sample: mine })
      for (const peer of [origin, ...sample].slice(0, longest(node))) keep(node, peer, mine)
    },
    // One for each shuffle, and no longer than that.
    shuffleReply(node, _from, { sample }) {
      const { told } = node.state
      node.state.told = []
      for (const peer of sample.slice(0, told.length)) keep(node, peer, told)
    },
  },
})

type Node = MembershipNodeOf<{ options: typeof options; messages: typeof messages; state: typeof state }>

function isFull({ state, options }: Node): boolean {
  return state.active.size >= options.active
}

/** May a newcomer have one, if need be another's? */
function hasPlace(node: Node): boolean {
  return !isFull(node) || node.state.evictions > 0
}

/** Who speaks over a link that is none any more, as a word about it was lost, is told so: both ends know of each link. */
function isNoLink(node: Node, from: Address): boolean {
  if (node.state.active.has(from)) return false
  node.send([from], 'disconnect')
  return true
}

function welcome(node: Node, peer: Address): void {
  if (connect(node, peer)) node.send([peer], 'accept')
}

/** Entries of a shuffle: the node itself and what it tells of. */
function longest({ options }: Node): number {
  return 1 + options.shuffleActive + options.shufflePassive
}

/** A full active view gives up a random one. @returns is it a link now? */
function connect(node: Node, peer: Address): boolean {
  const { active, passive } = node.state
  if (active.has(peer)) return true
  if (peer === node.self) return false
  if (isFull(node)) {
    const [out] = node.sample(active, 1)
    node.state.evictions -= 1
    node.send([out!], 'disconnect')
    disconnect(node, out!)
  }
  if (!node.add(peer)) return false
  passive.delete(peer)
  active.add(peer)
  return true
}

function disconnect(node: Node, peer: Address): void {
  if (!node.state.active.delete(peer)) return
  node.drop(peer)
  keep(node, peer)
}

/** That one is gone: another takes its place. */
function lose(node: Node, peer: Address): void {
  const { active, passive } = node.state
  if (active.delete(peer)) node.drop(peer)
  else if (!passive.delete(peer)) return
  node.state.requests += 1
  mend(node)
}

/** @param first who makes room before others do */
function keep(node: Node, peer: Address, first: readonly Address[] = []): void {
  const { active, passive } = node.state
  if (peer === node.self || active.has(peer) || passive.has(peer)) return
  if (passive.size >= node.options.passive) {
    const out = first.find((it) => passive.has(it)) ?? node.sample(passive, 1)[0]
    passive.delete(out!)
  }
  passive.add(peer)
}

/** Asks one of the passive view for a link. */
function mend(node: Node): void {
  if (isFull(node) || node.state.requests <= 0) return
  const [peer] = node.sample(node.state.passive, 1)
  if (peer === undefined) return
  node.state.requests -= 1
  node.send([peer], 'neighbor', { urgent: node.state.active.size === 0 })
}

/**
 * Nodes that start together may come to islands whose nodes all have the links that they want. So now and then a node
 * gives up one for another, less often the longer it lives: what mixes the views of nodes that came one by one in the
 * paper.
 */
function exchange(node: Node): void {
  node.state.exchange = null
  const { age } = node.state
  if (age > node.options.mixing || !node.chance(1 / age)) return
  const [peer] = node.sample(node.state.passive, 1)
  if (peer === undefined) return
  node.state.exchange = peer
  node.send([peer], 'neighbor', { urgent: true })
}

/** It has no links: who takes a join finds a place for it. */
function rejoin(node: Node): void {
  node.send(node.sample(node.state.passive, 1), 'join')
}
