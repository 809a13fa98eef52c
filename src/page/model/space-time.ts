/** The space-time diagram of one value (Lamport 1978): a line a node, an arrow a message. */
import type { Flight, Spread } from './spread.ts'

/** Lines that can be told apart. */
export const MAX_LINES = 50
/** Arrows that can be told apart. */
const MAX_ARROWS = 2000

export interface SpaceTime {
  /** One a node, in the order in which they got it; those that did not get it come last. */
  readonly lines: readonly {
    readonly node: string
    readonly infectedAt: number | null
    readonly hops: number | null
  }[]
  readonly arrows: readonly Arrow[]
  /** Ms from injection to the end of the diagram. */
  readonly span: number
  /** Nodes and arrows that found no room. */
  readonly leftOut: { readonly nodes: number; readonly arrows: number }
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
  const infected = [...spread.infections.values()].sort((a, b) => a.at - b.at)
  const others = nodes.filter((it) => !spread.infections.has(it))
  const all = [
    ...infected.map(({ node, at, hops }) => ({ node, infectedAt: at - spread.startedAt, hops })),
    ...others.map((node) => ({ node, infectedAt: null, hops: null })),
  ]
  const lines = all.slice(0, MAX_LINES)
  const places = new Map(lines.map(({ node }, i) => [node, i]))
  const arrows: Arrow[] = []
  let end = Math.min(until, spread.lastAt) - spread.startedAt
  for (const { from, to, sentAt, endedAt, outcome } of spread.flights) {
    const [a, b] = [places.get(from), places.get(to)]
    if (a === undefined || b === undefined || sentAt > until || arrows.length === MAX_ARROWS) continue
    const ended = endedAt === undefined ? end : endedAt - spread.startedAt
    end = Math.max(end, ended)
    arrows.push({ from: a, to: b, sentAt: sentAt - spread.startedAt, endedAt: ended, outcome })
  }
  const leftOut = {
    nodes: all.length - lines.length,
    arrows: spread.flights.length + spread.dropped - arrows.length,
  }
  return { lines, arrows, span: Math.max(end, 0), leftOut }
}
