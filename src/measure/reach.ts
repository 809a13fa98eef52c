/** Follows values through a cluster's events: when each has reached every node that lives. */
import type { GossipEvent } from './event.ts'

export interface Reach {
  /** The value's timestamp. */
  readonly timestamp: number
  readonly nodes: number
  /** Ms from the first node that took it to the last. */
  readonly took: number
  /** Links on the longest way that a copy went. */
  readonly hops: number
}

/** Values followed at a time: older ones that never reach everyone are dropped. */
const MAX_FOLLOWED = 100

interface Course {
  /** The times of the first and the last that it came to: streams of several nodes overtake each other. */
  since: number
  last: number
  /** When it came to nodes: as in every figure that is what counts, not when they had read it. */
  readonly cameAt: Map<string, number>
  readonly reached: Set<string>
  hops: number
}

export class ReachTracker {
  readonly #courses = new Map<number, Course>()
  readonly #live: () => readonly string[]
  /** The newest value that has reached all. */
  #done = -1

  /** @param live the nodes that a value must reach */
  constructor(live: () => readonly string[]) {
    this.#live = live
  }

  /** @returns the spread that this event completes */
  see({ event, node, at, type, timestamp, hops = 0 }: GossipEvent): Reach | undefined {
    if (timestamp === undefined || (event !== 'updated' && (event !== 'received' || type !== 'value')))
      return undefined
    // A node that has lost it and takes it again begins nothing.
    if (!this.#courses.has(timestamp) && timestamp <= this.#done) return undefined
    const course = this.#courses.get(timestamp) ?? this.#begin(timestamp)
    if (!course.cameAt.has(node)) course.cameAt.set(node, at)
    if (event === 'received') return undefined
    // As in every figure, a node's first copy counts.
    if (!course.reached.has(node)) {
      course.reached.add(node)
      const came = course.cameAt.get(node)!
      course.since = Math.min(course.since, came)
      course.last = Math.max(course.last, came)
      course.hops = Math.max(course.hops, hops)
    }
    const live = this.#live()
    if (course.reached.size < live.length || !live.every((it) => course.reached.has(it))) return undefined
    this.#courses.delete(timestamp)
    this.#done = Math.max(this.#done, timestamp)
    return { timestamp, nodes: live.length, took: course.last - course.since, hops: course.hops }
  }

  /** How many nodes that value has reached, if not all have it yet. */
  reached(timestamp: number): number | undefined {
    return this.#courses.get(timestamp)?.reached.size
  }

  #begin(timestamp: number): Course {
    const [since, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    const course: Course = { since, last, cameAt: new Map(), reached: new Set(), hops: 0 }
    this.#courses.set(timestamp, course)
    if (this.#courses.size > MAX_FOLLOWED) {
      const [oldest] = this.#courses.keys()
      this.#courses.delete(oldest!)
    }
    return course
  }
}
