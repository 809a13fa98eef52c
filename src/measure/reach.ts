/** Follows values through a cluster's events: when each has reached every node that lives. */
import { DEFAULT_KEY } from '../gossip/value.ts'
import type { GossipEvent } from './event.ts'

/** A value that is followed. */
export interface Followed {
  readonly key: string
  readonly timestamp: number
  /** Some of its text, as events tell it; null: it deletes; undefined where none told it. */
  readonly text: string | null | undefined
}

export interface Reach extends Followed {
  readonly nodes: number
  /** Ms from the first node that took it to the last. */
  readonly took: number
  /** Links on the longest way that a copy went. */
  readonly hops: number
}

/** Values followed at a time: older ones that never reach everyone are dropped. */
const MAX_FOLLOWED = 1000
/** Keys of which it is known what has reached all. */
const MAX_DONE = 10_000

interface Course {
  readonly key: string
  readonly timestamp: number
  text: string | null | undefined
  /** The times of the first and the last that it came to: streams of several nodes overtake each other. */
  since: number
  last: number
  /** When it came to nodes: as in every figure that is what counts, not when they had read it. */
  readonly cameAt: Map<string, number>
  readonly reached: Set<string>
  hops: number
}

export class ReachTracker {
  readonly #courses = new Map<string, Course>()
  readonly #live: () => readonly string[]
  /** By key the newest value that has reached all. */
  readonly #done = new Map<string, number>()

  /** @param live the nodes that a value must reach */
  constructor(live: () => readonly string[]) {
    this.#live = live
  }

  /** @returns the spread that this event completes */
  see(it: GossipEvent): Reach | undefined {
    const { event, node, at, type, timestamp, key = DEFAULT_KEY, value: text, hops = 0 } = it
    if (timestamp === undefined || (event !== 'updated' && (event !== 'received' || type !== 'value')))
      return undefined
    const name = nameOf(timestamp, key)
    // A node that has lost it and takes it again begins nothing.
    if (!this.#courses.has(name) && timestamp <= (this.#done.get(key) ?? -1)) return undefined
    const course = this.#courses.get(name) ?? this.#begin(name, timestamp, key)
    if (!course.cameAt.has(node)) course.cameAt.set(node, at)
    if (event === 'received') return undefined
    course.text ??= text
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
    this.#end(name, course)
    return {
      ...{ key, timestamp, text: course.text },
      ...{ nodes: live.length, took: course.last - course.since, hops: course.hops },
    }
  }

  /** How many nodes that value has reached, if not all have it, or a newer one of its key, yet. */
  reached(timestamp: number, key = DEFAULT_KEY): number | undefined {
    return this.#courses.get(nameOf(timestamp, key))?.reached.size
  }

  #begin(name: string, timestamp: number, key: string): Course {
    const [since, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    const course = { key, timestamp, text: undefined, since, last, hops: 0 }
    const begun: Course = { ...course, cameAt: new Map(), reached: new Set() }
    this.#courses.set(name, begun)
    dropOldest(this.#courses, MAX_FOLLOWED)
    return begun
  }

  /** Older ones of its key will not get there any more. */
  #end(name: string, { key, timestamp }: Course): void {
    this.#courses.delete(name)
    for (const [older, it] of this.#courses)
      if (it.key === key && it.timestamp < timestamp) this.#courses.delete(older)
    const done = Math.max(timestamp, this.#done.get(key) ?? -1)
    this.#done.delete(key)
    this.#done.set(key, done)
    dropOldest(this.#done, MAX_DONE)
  }
}

function nameOf(timestamp: number, key: string): string {
  return `${timestamp} ${key}`
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}
