/**
 * A spread once more, as slowly as one likes. Its time is counted in moments: what happened is put in order, and
 * each thing takes one moment, whether a microsecond or ten seconds lay before it. The picture depends on the
 * position alone, so that a step forward and one back show the same.
 */
import type { Network } from '../wire.ts'
import type { Flight } from './flights.ts'
import type { Change, Infection, Spread, Turn } from './spread.ts'

export type Moment =
  | { readonly what: 'infected'; readonly at: number; readonly infection: Infection }
  | { readonly what: 'sent' | 'ended'; readonly at: number; readonly flight: Flight }
  | { readonly what: 'changed'; readonly at: number; readonly change: Change }
  | { readonly what: 'turned'; readonly at: number; readonly turn: Turn }

export interface Picture {
  readonly position: number
  /** Ms since the value's injection. */
  readonly at: number
  /** How each came to it; null where nobody saw that. */
  readonly infected: ReadonlyMap<string, Infection | null>
  /** Nodes that do not run, and that pause. */
  readonly stopped: ReadonlySet<string>
  readonly paused: ReadonlySet<string>
  readonly network: Network
  /** Messages under way, and what share of their way they have gone, 0 to 1. */
  readonly flights: readonly { readonly flight: Flight; readonly progress: number }[]
  /** Messages that came, or were lost, a little before, and how long ago: 0 just now, 1 long ago. */
  readonly gone: readonly { readonly flight: Flight; readonly age: number }[]
}

/** What came is seen for a while: so many moments, or such a share of all. */
const GONE_MOMENTS = 3
const GONE_SHARE = 0.07

interface Course {
  readonly flight: Flight
  readonly from: number
  readonly to: number
}

export class Replay {
  readonly moments: readonly Moment[]
  /** Positions at which the first node of 0, 1, 2, ... hops has the value. */
  readonly hops: readonly number[]
  readonly spread: Spread
  readonly #courses: readonly Course[]

  /** @param until what was sent or happened later is left out, on the events' clock */
  constructor(spread: Spread, until = Number.POSITIVE_INFINITY) {
    this.spread = spread
    this.moments = inOrder(spread, until)
    this.hops = firstOfEachHop(this.moments)
    this.#courses = courses(this.moments)
  }

  /** Moments in all: positions are from 0 to this. */
  get length(): number {
    return this.moments.length
  }

  /** @param position of how many moments, whole or in between; it is brought into its range */
  picture(position: number): Picture {
    const p = Math.min(Math.max(position, 0), this.length)
    const scene = sceneAtFirst(this.spread)
    for (let i = 0; i < Math.floor(p); i++) turn(scene, this.moments[i]!, this.spread)
    const flights = this.#courses
      .filter(({ from, to }) => from <= p && p < to)
      .map(({ flight, from, to }) => ({ flight, progress: (p - from) / (to - from) }))
    const fade = Math.max(GONE_MOMENTS, GONE_SHARE * this.length)
    const gone = this.#courses
      .filter(({ to }) => to <= p && p < to + fade)
      .map(({ flight, to }) => ({ flight, age: (p - to) / fade }))
    const at = (this.moments[Math.floor(p) - 1]?.at ?? this.spread.startedAt) - this.spread.startedAt
    return { position: p, at, ...scene, flights, gone }
  }

  /** The nearest whole position after (1) or before (-1) that one. */
  step(position: number, way: 1 | -1): number {
    const next = way === 1 ? Math.floor(position) + 1 : Math.ceil(position) - 1
    return Math.min(Math.max(next, 0), this.length)
  }

  /** The nearest position after or before that one at which the value has come one link further. */
  stepHop(position: number, way: 1 | -1): number {
    if (way === 1) return this.hops.find((it) => it > position) ?? this.length
    return this.hops.findLast((it) => it < position) ?? 0
  }
}

/** What nodes and network are like at some moment. */
interface Scene {
  readonly infected: Map<string, Infection | null>
  readonly stopped: Set<string>
  readonly paused: Set<string>
  network: Network
}

function sceneAtFirst({ atFirst: { held, down, paused, network } }: Spread): Scene {
  return {
    infected: new Map([...held].map((it) => [it, null])),
    stopped: new Set(down),
    paused: new Set(paused),
    network,
  }
}

function turn(scene: Scene, moment: Moment, spread: Spread): void {
  if (moment.what === 'infected') scene.infected.set(moment.infection.node, moment.infection)
  else if (moment.what === 'turned') scene.network = moment.turn.network
  else if (moment.what === 'changed') change(scene, moment.change, spread)
}

function change({ infected, stopped, paused }: Scene, { node, is, keeps }: Change, spread: Spread): void {
  switch (is) {
    case 'paused':
      paused.add(node)
      return
    case 'resumed':
      paused.delete(node)
      return
    case 'stopped':
    case 'lost':
      infected.delete(node)
      paused.delete(node)
      stopped.add(node)
      return
    case 'started':
    case 'back':
      stopped.delete(node)
      if (!keeps) infected.delete(node)
  }
  if (keeps && !infected.has(node)) infected.set(node, spread.infections.get(node) ?? null)
}

/** In order of time; at the same time in that of the events. */
function inOrder(spread: Spread, until: number): Moment[] {
  const moments: [moment: Moment, order: number][] = []
  const add = (moment: Moment, order: number): unknown => moments.push([moment, order])
  for (const infection of spread.taken)
    if (infection.at <= until) add({ what: 'infected', at: infection.at, infection }, infection.order)
  for (const flight of spread.flights) {
    const { sentAt, endedAt, sentOrder, endedOrder } = flight
    if (sentAt > until) continue
    add({ what: 'sent', at: sentAt, flight }, sentOrder)
    if (endedAt !== undefined) add({ what: 'ended', at: endedAt, flight }, endedOrder)
  }
  for (const change of spread.changes)
    if (change.at <= until) add({ what: 'changed', at: change.at, change }, change.order)
  for (const turn of spread.turns)
    if (turn.at <= until) add({ what: 'turned', at: turn.at, turn }, turn.order)
  return moments.sort(([a, first], [b, second]) => a.at - b.at || first - second).map(([moment]) => moment)
}

function firstOfEachHop(moments: readonly Moment[]): number[] {
  const first: number[] = []
  for (const [i, moment] of moments.entries()) {
    if (moment.what !== 'infected') continue
    const { hops } = moment.infection
    while (first.length <= hops) first.push(i + 1)
  }
  return first
}

function courses(moments: readonly Moment[]): Course[] {
  const sent = new Map<Flight, number>()
  const all: Course[] = []
  for (const [i, moment] of moments.entries()) {
    if (moment.what === 'sent') sent.set(moment.flight, i)
    else if (moment.what === 'ended') {
      all.push({ flight: moment.flight, from: sent.get(moment.flight) ?? i, to: i + 1 })
      sent.delete(moment.flight)
    }
  }
  // What never came is on its way to the end.
  for (const [flight, from] of sent) all.push({ flight, from, to: moments.length + 1 })
  return all
}
