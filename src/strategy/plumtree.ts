import { type Address, strategy, z } from 'gossip/strategy'

export default strategy({
  summary:
    'Plumtree: eager links form a tree that carries values, lazy links carry announcements that repair it.',
  source: 'Leitao, Pereira, Rodrigues 2007, "Epidemic broadcast trees", section 3',
  options: {
    degree: z
      .int()
      .min(1)
      .default(5)
      .describe('links that a node keeps at least; more survives more crashes and costs more announcements'),
    patience: z
      .number()
      .positive()
      .default(0.2)
      .describe('periods to wait for a value that was announced; less repairs sooner, with more duplicates'),
  },
  messages: { link: {}, have: { version: z.string() }, graft: {}, prune: {} },
  state: () => ({
    eager: new Set<Address>(),
    lazy: new Set<Address>(),
    awaited: null as string | null,
    announcers: new Set<Address>(),
  }),

  // What was lost on the way is announced again each period; also to one more, who answers with a graft if the links
  // have come apart: in the paper a membership protocol under it mends these.
  onPeriod(node) {
    linkUp(node)
    const links = new Set([...node.state.eager, ...node.state.lazy])
    if (node.version !== null)
      node.send([...links, ...node.pick(1, links)], 'have', { version: node.version })
  },
  onNewer(node, from) {
    linkUp(node)
    const { eager, lazy } = node.state
    if (from !== null) makeEager(node, from)
    node.sendValue(without(eager, from))
    if (node.version !== null) node.send(without(lazy, from), 'have', { version: node.version })
  },
  onKnown(node, from) {
    makeLazy(node, from)
    node.send([from], 'prune', {})
  },
  onPeerDown({ state }, peer) {
    state.eager.delete(peer)
    state.lazy.delete(peer)
    state.announcers.delete(peer)
  },
  onMessage: {
    link: makeEager,
    prune: makeLazy,
    graft(node, from) {
      makeEager(node, from)
      node.sendValue([from])
    },
    have(node, from, { version }) {
      if (!node.lacks(version)) return
      const { state } = node
      if (state.awaited === version) {
        state.announcers.add(from)
      } else {
        Object.assign(state, { awaited: version, announcers: new Set([from]) })
        node.after(node.options.patience, () => repair(node, version))
      }
    },
  },
})

interface Links {
  readonly state: {
    readonly eager: Set<Address>
    readonly lazy: Set<Address>
    awaited: string | null
    readonly announcers: Set<Address>
  }
}

interface Node extends Links {
  readonly options: { readonly degree: number; readonly patience: number }
  lacks(version: string): boolean
  pick(k: number, except: ReadonlySet<Address>): Address[]
  send(to: readonly Address[], type: 'link' | 'graft', fields: Record<never, never>): void
  after(periods: number, act: () => void): void
}

/** Links are symmetric: a tree that only one end knows would carry values one way. */
function linkUp(node: Node): void {
  const { eager, lazy } = node.state
  const wanted = node.options.degree - eager.size - lazy.size
  if (wanted <= 0) return
  const peers = node.pick(wanted, new Set([...eager, ...lazy]))
  for (const peer of peers) eager.add(peer)
  node.send(peers, 'link', {})
}

function makeEager({ state }: Links, peer: Address): void {
  state.lazy.delete(peer)
  state.eager.add(peer)
}

function makeLazy({ state }: Links, peer: Address): void {
  state.eager.delete(peer)
  state.lazy.add(peer)
}

/** A value was announced and has not come: ask one announcer after the other for it. */
function repair(node: Node, version: string): void {
  const { state } = node
  if (state.awaited !== version) return
  const [from] = node.lacks(version) ? state.announcers : []
  if (from === undefined) {
    state.awaited = null
    return
  }
  state.announcers.delete(from)
  makeEager(node, from)
  node.send([from], 'graft', {})
  node.after(node.options.patience, () => repair(node, version))
}

function without(peers: ReadonlySet<Address>, one: Address | null): Address[] {
  return [...peers].filter((peer) => peer !== one)
}
