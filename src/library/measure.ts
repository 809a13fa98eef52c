/** `measure()`: the figures out of recorded events, from a script. */

import { eventSchema, type GossipEvent } from '../measure/event.ts'
import type { Measured } from '../measure/from-events.ts'
import { measure as measureEvents } from '../measure/runs.ts'
import { oneLine } from '../parse/one-line.ts'
import { quoted } from '../text/quoted.ts'

/**
 * Measures recorded events: of a simulation's `trace`, or of all nodes of a cluster together (`onEvent`, or the lines
 * of `watch`). Times are ms; a trace of rounds counts rounds. Of several runs that are marked each is measured by itself.
 * Where nodes' clocks contradict one another all times are corrected, and `clocks` says by how much. Events that end with
 * their cluster are measured as it was before its last departures.
 *
 * ```js
 * const events = []
 * await simulate({ strategy: 'push', nodes: 50, trace: (event) => events.push(event) })
 * console.log(measure(events)[0].tLast)
 * ```
 * @param events in any order, of up to 10,000,000 nodes
 * @returns figures for each value that a client handed in, run by run and in order of time; none, if there was no such value
 * @throws {Error} one line: which of the events, from 0 on, is none, and why; or that they are several runs that are not marked
 */
export function measure(events: Iterable<GossipEvent>): Measured[] {
  if (typeof events !== 'object' || events === null || !(Symbol.iterator in events))
    throw new Error(`measure: ${quoted(events)} must be events, for instance a list of them`)
  return measureEvents(Array.from(events, parseEvent))
}

function parseEvent(it: unknown, index: number): GossipEvent {
  const parsed = eventSchema.safeParse(it)
  if (!parsed.success) throw new Error(`measure: event ${index}: ${oneLine(parsed.error, it)}`)
  return parsed.data
}
