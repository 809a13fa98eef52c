/** The space-time diagram of one value (Lamport 1978): a line a node, an arrow a message. */
import type { Network } from '../wire.ts'
import type { Flight } from './flights.ts'
import { type Life, livesOf } from './lives.ts'
import { isCalm } from './network-state.ts'
import type { Spread } from './spread.ts'

/** Lines that can be told apart. */
export const MAX_LINES = 50
/** Arrows that can be told apart. */
const MAX_ARROWS = 2000

export interface SpaceTime {
  /** One a node, in the order in which they got it; those that did not get it come last. */
  readonly lines: readonly Line[]
  readonly arrows: readonly Arrow[]
  /** What the network did at first, where it did anything, and each change of it. */
  readonly turns: readonly { readonly at: number; readonly network: Network }[]
  /** Ms from injection to the end of the diagram. */
  readonly span: number
  /** Nodes and arrows that found no room. */
  readonly leftOut: { readonly nodes: number; readonly arrows: number }
}

export interface Line extends Life {
  readonly node: string
  /** Null: it did not get it, or nobody saw when. */
  readonly infectedAt: number | null
  readonly hops: number | null
}

export interface Arrow {
  /** Lines' places. */
  readonly from: number
  readonly to: number
  /** Ms since injection. */
  readonly sentAt: number
  readonly endedAt: number
  readonly outcome: Flight['outcome']
}

/**
 * @param nodes all of them, in their order
 * @param until what was sent later is left out, on the events' clock
 */
export function spaceTime(spread: Spread, nodes: readonly string[], until = spread.lastAt): SpaceTime {
  const { startedAt, infections, unseen, flights, dropped, atFirst } = spread
  const infected = [...infections.values()].sort((a, b) => a.at - b.at)
  const others = nodes.filter((it) => !infections.has(it))
  const all = [
    ...infected.map(({ node, at, hops }) => ({ node, infectedAt: at - startedAt, hops })),
    ...[...others.filter((it) => unseen.has(it)), ...others.filter((it) => !unseen.has(it))].map((node) => ({
      node,
      infectedAt: null,
      hops: null,
    })),
  ]
  const drawn = all.slice(0, MAX_LINES)
  const places = new Map(drawn.map(({ node }, i) => [node, i]))
  const arrows: Arrow[] = []
  let end = until - startedAt
  for (const { from, to, sentAt, endedAt, outcome } of flights) {
    const [a, b] = [places.get(from), places.get(to)]
    if (a === undefined || b === undefined || sentAt > until || arrows.length === MAX_ARROWS) continue
    const ended = endedAt === undefined ? end : endedAt - startedAt
    end = Math.max(end, ended)
    arrows.push({ from: a, to: b, sentAt: sentAt - startedAt, endedAt: ended, outcome })
  }
  const span = Math.max(end, 0)
  const lives = livesOf(
    spread,
    drawn.map((it) => it.node),
    span,
  )
  return {
    lines: drawn.map((it, i) => ({ ...it, ...lives[i]! })),
    arrows,
    turns: [
      ...(isCalm(atFirst.network) ? [] : [{ at: startedAt, network: atFirst.network }]),
      ...spread.turns,
    ]
      .map(({ at, network }) => ({ at: at - startedAt, network }))
      .filter((it) => it.at <= span),
    span,
    leftOut: { nodes: all.length - drawn.length, arrows: flights.length + dropped - arrows.length },
  }
}
