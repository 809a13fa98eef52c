/** Where nodes are drawn, in a square from -1 to 1. */

export interface Place {
  readonly x: number
  readonly y: number
}

/** Nodes that find room on one ring. */
export const RING = 60
/** 137.5 degrees: with this angle the seeds of a sunflower leave no gaps. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))
/** How far groups that are cut off from each other stand apart. */
const APART = 0.14

/** On a ring, from the top clockwise; many of them in a sunflower's spiral. */
export function places(count: number): Place[] {
  return Array.from({ length: count }, (_, i) => (count <= RING ? onRing(i, count) : inSpiral(i, count)))
}

/** The same, each group moved away from the others. @param groups nodes' numbers */
export function apart(places: readonly Place[], groups: readonly (readonly number[])[] | null): Place[] {
  const moved = [...places]
  for (const group of groups ?? []) {
    const members = group.filter((it) => it < places.length)
    const middle = centre(members.map((it) => places[it]!))
    const length = Math.hypot(middle.x, middle.y)
    if (length < 0.01) continue
    for (const it of members) {
      const { x, y } = places[it]!
      moved[it] = { x: x + (APART * middle.x) / length, y: y + (APART * middle.y) / length }
    }
  }
  return moved
}

function onRing(i: number, count: number): Place {
  const angle = (2 * Math.PI * i) / count - Math.PI / 2
  return { x: Math.cos(angle), y: Math.sin(angle) }
}

function inSpiral(i: number, count: number): Place {
  const radius = Math.sqrt((i + 0.5) / count)
  const angle = i * GOLDEN_ANGLE
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
}

function centre(points: readonly Place[]): Place {
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 })
  const count = Math.max(1, points.length)
  return { x: sum.x / count, y: sum.y / count }
}
