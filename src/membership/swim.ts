import { type Address, address, least, type MembershipNodeOf, membership, z } from 'gossip/membership'

const options = {
  indirect: z
    .int()
    .min(0)
    .max(20)
    .default(3)
    .describe('peers that are asked to ping one that does not answer; more survives more lost messages'),
  timeout: z
    .number()
    .min(0.01)
    .max(0.5)
    .default(0.3)
    .describe('periods to wait for an answer before others are asked; more than a round trip'),
  suspicion: z
    .number()
    .min(0)
    .default(3)
    .describe(
      'periods from suspected to dead, times log10(n + 1); more wrongs fewer, and keeps the dead for longer',
    ),
  updates: z.int().min(1).max(60).default(6).describe('updates that ride on a message; more spreads sooner'),
  retransmit: z
    .number()
    .positive()
    .default(3)
    .describe('how often an update is sent on, times log2(n + 1); more reaches more surely, with more bytes'),
}
const incarnation = z.int().min(0)
const update = z.object({ peer: address(), status: z.enum(['alive', 'suspect']), incarnation })
const nobody = address().nullable()
const messages = {
  /** Who gets it answers; where `on` names one, that asked for it, the answer goes on to it. */
  ping: { on: nobody },
  ack: { of: address(), on: nobody },
  pingRequest: { target: address() },
  /** A newcomer asks for all members. */
  join: {},
  members: { members: z.array(update).max(64) },
  /** To one that is thought silent or dead, and spoke: it takes a higher incarnation. */
  suspected: { incarnation },
  // To itself.
  silent: {},
  verdict: {},
  dead: { incarnation },
}
const rides = { updates: z.array(update).max(64) }
type Update = z.output<typeof update>

interface Row {
  status: 'alive' | 'suspect' | 'dead'
  incarnation: number
  /** The last that it said itself, and how often others have said since that it lives as it was suspected. */
  own: number
  pardons: number
}

const state = () => ({
  incarnation: 0,
  rows: new Map<Address, Row>(),
  /** What is sent on, and how often it was. */
  news: new Map<Address, number>(),
  /** Whom to ping next, in a random order that is made anew when it is through, and the one that has not answered yet. */
  order: [] as Address[],
  target: null as Address | null,
  /** Are others asked to ping it already? Whoever pings it for them finds it unreachable, too. */
  areAsked: false,
  /** Times that it still asks a peer for all members: others joined when it did. */
  joins: 3,
  /** Of this period: who was asked whether it is there, besides the target; lists that were given to newcomers. */
  asked: new Set<Address>(),
  lists: 0,
})

/** Incarnations that a claim may be ahead of what is known: the peer itself must be able to outgrow it. */
const MAX_AHEAD = 1000
const MAX_PARDONS = 2
/** In a period, as strangers can make up nodes, and can ask as often as they like. */
const MAX_ASKED = 100
const MAX_LISTS = 100
/** The dead that are remembered, so that what was said before does not bring them back. */
const MAX_DEAD = 256
const LIST = 64

export default membership({
  summary:
    'SWIM: ping one peer a period, have others ping it if it is silent, suspect it, and call it dead if it says nothing.',
  source:
    'Das, Gupta, Motivala 2002, "SWIM: scalable weakly-consistent infection-style process group membership protocol", sections 3 and 4',
  options,
  messages,
  rides,
  state,

  onContact(node, contact) {
    node.send([contact], 'join')
  },
  onPeriod(node) {
    node.state.asked.clear()
    node.state.lists = 0
    if (node.state.joins-- > 0) node.send(node.pick(1), 'join')
    const target = nextOf(node)
    node.state.target = target
    node.state.areAsked = false
    if (target === null) return
    node.send([target], 'ping', { on: null })
    node.after(node.options.timeout, 'silent', target)
    node.after(LAST_ANSWER, 'verdict', target)
  },
  onUnreachable(node, peer) {
    if (peer === node.state.target) askOthers(node, peer)
  },
  onGoodbye(node, peer) {
    suspect(node, peer, node.state.rows.get(peer)?.incarnation ?? 0)
  },
  onMessage: {
    ping(node, from, { on }) {
      met(node, from)
      node.send([from], 'ack', { of: node.self, on })
    },
    ack(node, from, { of, on }) {
      if (node.state.asked.has(from)) take(node, from, 0)
      met(node, from)
      if (on !== null) node.send([on], 'ack', { of: from, on: null })
      if (of === node.state.target) node.state.target = null
    },
    pingRequest(node, from, { target }) {
      node.send([target], 'ping', { on: from })
    },
    join(node, from) {
      met(node, from)
      if (node.state.lists++ < MAX_LISTS) tellAll(node, from)
    },
    members(node, _from, { members }) {
      for (const it of members) hear(node, it)
    },
    suspected(node, from, { incarnation }) {
      refute(node, incarnation)
      node.send([from], 'ack', { of: node.self, on: null })
    },
    silent(node, target) {
      if (target === node.state.target) askOthers(node, target)
    },
    verdict(node, target) {
      const row = node.state.rows.get(target)
      if (target !== node.state.target || row?.status !== 'alive') return
      suspect(node, target, row.incarnation)
    },
    dead(node, peer, { incarnation }) {
      const row = node.state.rows.get(peer)
      if (row?.status === 'suspect' && row.incarnation === incarnation) bury(node, peer, row)
    },
  },

  // The node itself rides first: whoever hears from it knows its incarnation.
  ride(node) {
    const { news, rows, incarnation } = node.state
    const most = Math.ceil(node.options.retransmit * Math.log2(node.peers.length + 2))
    const updates: Update[] = [{ peer: node.self, status: 'alive', incarnation }]
    for (const [peer, told] of least(news, node.options.updates, ([, times]) => times)) {
      const row = rows.get(peer)
      if (row !== undefined && row.status !== 'dead')
        updates.push({ peer, status: row.status, incarnation: row.incarnation })
      if (told + 1 < most && updates.at(-1)?.peer === peer) news.set(peer, told + 1)
      else news.delete(peer)
    }
    return { updates }
  },
  onRide(node, from, { updates }) {
    for (const it of updates) hear(node, it, it.peer === from)
  },
})

type Node = MembershipNodeOf<{ options: typeof options; messages: typeof messages; state: typeof state }>

/** Periods after a ping at which an answer, also by others, is too late. */
const LAST_ANSWER = 0.95

/** Section 4.3: a random order through all of them, so that each is pinged within so many periods. */
function nextOf(node: Node): Address | null {
  const { order, rows } = node.state
  const isMember = (it: Address): boolean => rows.has(it) && rows.get(it)!.status !== 'dead'
  let next = order.pop()
  while (next !== undefined && !isMember(next)) next = order.pop()
  if (next !== undefined) return next
  node.state.order = node.sample(node.peers, node.peers.length)
  return node.state.order.pop() ?? null
}

function askOthers(node: Node, target: Address): void {
  if (node.state.areAsked) return
  node.state.areAsked = true
  node.send(node.pick(node.options.indirect, [target]), 'pingRequest', { target })
}

/** That one spoke itself. */
function met(node: Node, peer: Address): void {
  const row = node.state.rows.get(peer)
  if (row === undefined) ask(node, peer)
  else if (row.status !== 'alive') node.send([peer], 'suspected', { incarnation: row.incarnation })
}

/**
 * What is said of a peer counts if it is of a higher incarnation or, of the same, suspects one that was alive. That one is
 * dead no message says (the paper's `confirm`): whoever hears a suspicion asks and waits himself, so that nobody can
 * have a live node dropped that answers; nor a dead one kept, as others say that it lives only so often.
 * @param isOwn did it say so itself?
 */
function hear(node: Node, { peer, status, incarnation }: Update, isOwn = false): void {
  if (peer === node.self) {
    if (status === 'suspect' || incarnation > node.state.incarnation) refute(node, incarnation)
    return
  }
  const row = node.state.rows.get(peer)
  if (row === undefined) {
    if (isOwn && node.state.asked.has(peer)) take(node, peer, incarnation)
    else if (status === 'alive') ask(node, peer)
    return
  }
  if (incarnation > (isOwn ? row.incarnation : row.own) + MAX_AHEAD) return
  if (isOwn) Object.assign(row, { own: incarnation, pardons: 0 })
  if (incarnation < row.incarnation) return
  const isPardon = row.status === 'suspect' && !isOwn
  if (status === 'suspect') {
    if (row.status === 'alive') suspect(node, peer, incarnation)
  } else if ((row.status === 'dead' && !isOwn) || (isPardon && row.pardons >= MAX_PARDONS)) ask(node, peer)
  else if (incarnation > row.incarnation) {
    if (isPardon) row.pardons += 1
    Object.assign(row, { status: 'alive', incarnation })
    if (node.add(peer)) node.state.news.set(peer, 0)
    else node.state.rows.delete(peer)
  }
}

/** What is said, in whoever's name, makes nobody a member, nor brings one back: its own answer does. */
function ask(node: Node, peer: Address): void {
  const { asked } = node.state
  if (asked.has(peer) || asked.size >= MAX_ASKED) return
  asked.add(peer)
  node.send([peer], 'ping', { on: null })
}

function take(node: Node, peer: Address, incarnation: number): void {
  if (node.state.rows.has(peer) || !node.add(peer)) return
  node.state.rows.set(peer, { status: 'alive', incarnation, own: incarnation, pardons: 0 })
  node.state.news.set(peer, 0)
  const { order } = node.state
  const [before] = node.sample(order, 1)
  order.splice(Math.max(0, order.indexOf(before!)), 0, peer)
}

function suspect(node: Node, peer: Address, incarnation: number): void {
  const row = node.state.rows.get(peer)
  if (row === undefined || row.status === 'dead') return
  Object.assign(row, { status: 'suspect', incarnation })
  node.state.news.set(peer, 0)
  const periods = node.options.suspicion * Math.log10(node.peers.length + 2)
  node.after(periods, 'dead', peer, { incarnation })
  ask(node, peer)
}

function bury(node: Node, peer: Address, row: Row): void {
  const { rows, news } = node.state
  row.status = 'dead'
  node.drop(peer)
  news.delete(peer)
  rows.delete(peer)
  rows.set(peer, row)
  const dead = rows.size - node.peers.length
  if (dead > MAX_DEAD) rows.delete([...rows].find(([, { status }]) => status === 'dead')![0])
}

/** A higher incarnation than the one that was claimed: section 4.2. */
function refute(node: Node, claimed: number): void {
  if (claimed < node.state.incarnation || claimed > node.state.incarnation + MAX_AHEAD) return
  node.state.incarnation = claimed + 1
}

function tellAll(node: Node, to: Address): void {
  const members = [...node.state.rows].flatMap(([peer, { status, incarnation }]) =>
    status === 'dead' ? [] : [{ peer, status, incarnation }],
  )
  for (let i = 0; i < members.length; i += LIST)
    node.send([to], 'members', { members: members.slice(i, i + LIST) })
}
