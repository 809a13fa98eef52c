/** What may happen to one value, made up: the events, and what a reader of them should find. */
import fc from 'fast-check'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { Model } from '../../../src/page/model/model.ts'
import type { Spread } from '../../../src/page/model/spread.ts'
import type { NodeRow } from '../../../src/page/wire.ts'

export interface Act {
  readonly what: 'send' | 'lose' | 'stop' | 'start'
  readonly from: number
  readonly to: number
  /** Ms that the message takes. */
  readonly takes: number
}

export interface Story {
  readonly nodes: readonly string[]
  readonly events: readonly GossipEvent[]
  /** Messages that carried the value, by what became of them. */
  readonly fates: Record<'infected' | 'known' | 'lost' | 'under way', number>
  /** Who runs in the end, and who of them holds the value. */
  readonly live: ReadonlySet<string>
  readonly holders: ReadonlySet<string>
}

interface Under {
  readonly at: number
  readonly from: string
  readonly to: string
  readonly hops: number
  /** It goes to a node that did not run meanwhile, or comes from one. */
  isLost: boolean
}

export const VERSION = 1000
const START = 5000

export function nameOf(number: number): string {
  return `127.0.0.1:${7000 + number}`
}

const what = {
  calm: ['send', 'send', 'lose'],
  wild: ['send', 'send', 'send', 'lose', 'stop', 'start'],
} as const

/** @param mood wild: nodes stop and start, too */
export function stories(mood: keyof typeof what): fc.Arbitrary<Story> {
  const act = fc.record({
    what: fc.constantFrom<Act['what'][]>(...what[mood]),
    from: fc.nat(30),
    to: fc.nat(30),
    takes: fc.integer({ min: 0, max: 20 }),
  })
  return fc
    .tuple(fc.integer({ min: 2, max: 12 }), fc.array(act, { maxLength: 80 }))
    .map(([nodes, acts]) => tell(nodes, acts))
}

/** Each act takes a ms; node 0 is the origin. */
export function tell(count: number, acts: readonly Act[]): Story {
  const nodes = Array.from({ length: count }, (_, i) => nameOf(i))
  const live = new Set(nodes)
  const hops = new Map([[nodes[0]!, 0]])
  const fates = { infected: 0, known: 0, lost: 0, 'under way': 0 }
  const value = { type: 'value', timestamp: VERSION }
  const events: GossipEvent[] = nodes.map((node) => ({ at: 0, node, event: 'started' as const }))
  events.push({ at: START, node: nodes[0]!, event: 'updated', ...value, hops: 0 })
  let way: Under[] = []

  const come = (now: number): void => {
    const due = way.filter((it) => it.at <= now).sort((a, b) => a.at - b.at)
    way = way.filter((it) => it.at > now)
    for (const it of due) {
      const about = { ...value, at: it.at, node: it.to, peer: it.from, hops: it.hops }
      // What comes to a node that is down nobody tells of.
      if (!live.has(it.to)) fates.lost += 1
      else {
        events.push({ ...about, event: 'received' })
        if (hops.has(it.to)) {
          fates.known += 1
          events.push({ ...about, event: 'ignored' })
        } else {
          fates.infected += 1
          hops.set(it.to, it.hops)
          events.push({ ...about, event: 'updated' })
        }
      }
    }
  }

  for (const [i, act] of acts.entries()) {
    const at = START + 1 + i
    come(at)
    const [from, to] = [nodes[act.from % count]!, nodes[act.to % count]!]
    if (act.what === 'stop' || act.what === 'start') {
      if (live.has(from) !== (act.what === 'stop')) continue
      if (act.what === 'stop') {
        live.delete(from)
        for (const it of way) if (it.to === from || it.from === from) it.isLost = true
      } else live.add(from)
      hops.delete(from)
      if (act.what === 'stop') events.push({ at, node: from, event: 'stopped', how: 'killed' })
      else events.push({ at, node: from, event: 'started' })
    } else if (live.has(from) && hops.has(from) && from !== to) {
      const about = { ...value, at, node: from, peer: to, hops: hops.get(from)! + 1 }
      events.push({ ...about, event: 'sent', bytes: 100 })
      if (act.what === 'lose') {
        fates.lost += 1
        events.push({ ...about, event: 'lost' })
      } else way.push({ at: at + act.takes, from, to, hops: about.hops, isLost: !live.has(to) })
    }
  }
  for (const { isLost } of way) fates[isLost ? 'lost' : 'under way'] += 1
  const holders = new Set([...hops.keys()].filter((it) => live.has(it)))
  return { nodes, events, fates, live, holders }
}

export function modelOf({ nodes, events }: Pick<Story, 'nodes' | 'events'>): Model {
  const model = new Model()
  model.rows(nodes.map((address, number) => row({ address, number })))
  for (const it of events) model.see(it)
  return model
}

export function spreadOf(story: Pick<Story, 'nodes' | 'events'>): Spread {
  return modelOf(story).last!
}

export function row(change: Partial<NodeRow> = {}): NodeRow {
  return {
    number: 0,
    address: nameOf(0),
    state: 'runs',
    strategy: 'push',
    value: null,
    timestamp: null,
    values: 0,
    interested: null,
    peers: 0,
    sent: 0,
    received: 0,
    updates: 0,
    ignored: 0,
    refused: 0,
    uptime: 0,
    ...change,
  }
}
