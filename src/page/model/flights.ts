/** Messages that carried one value: each found once, with what became of it. */

/** `known`: it came to a node that held it, or a newer one, already. */
export type Outcome = 'under way' | 'infected' | 'known' | 'lost' | 'refused'

/** A message that carried the value. */
export interface Flight {
  readonly from: string
  readonly to: string
  readonly hops: number
  sentAt: number
  /** When it came, or was lost; undefined while it is under way. */
  endedAt: number | undefined
  outcome: Outcome
  sentOrder: number
  endedOrder: number
}

/** When something happened, and its place among the events. */
export interface When {
  readonly at: number
  readonly order: number
}

/** Messages kept of one value, and of all together; of more only the figures go on. */
export const MAX_FLIGHTS = 20_000
export const MAX_ALL_FLIGHTS = 160_000

/** For how many messages there is room, of all values. */
export interface Room {
  left: number
}

/** Ms by which two nodes' clocks may differ, so that a message seems to come before it was sent. */
const SKEW_MS = 50

export class Flights {
  readonly all: Flight[] = []
  /** Messages beyond those. */
  dropped = 0
  /** Messages on the way from one node to another, in the order of sending; the key is "from>to". */
  readonly #underWay = new Map<string, Flight[]>()
  /** Those that came before their sending was told. */
  readonly #early = new Map<string, Flight[]>()
  readonly #room: Room

  constructor(room: Room) {
    this.#room = room
  }

  /** @param isDown it goes to a node that does not run: nobody may tell what became of it */
  sent(from: string, to: string, { at, order }: When, hops: number, isDown = false): void {
    const key = `${from}>${to}`
    const early = this.#early.get(key)?.shift()
    if (early !== undefined && (early.endedAt ?? at) > at - SKEW_MS) {
      early.sentAt = Math.min(at, early.endedAt ?? at)
      return
    }
    const flight: Flight = {
      from,
      to,
      hops,
      sentAt: at,
      endedAt: isDown ? at : undefined,
      outcome: isDown ? 'lost' : 'under way',
      sentOrder: order,
      endedOrder: order,
    }
    if (this.#keep(flight)) add(this.#underWay, key, flight)
  }

  /** That node does not run any more: what is under way to it or from it is lost, unless it comes all the same. */
  stopped(node: string, { at, order }: When): void {
    for (const flights of this.#underWay.values())
      for (const it of flights)
        if ((it.to === node || it.from === node) && it.outcome === 'under way') lose(it, at, order)
  }

  lost(from: string, to: string, { at, order }: When): void {
    const flight = this.#underWay.get(`${from}>${to}`)?.pop()
    if (flight !== undefined) lose(flight, at, order)
  }

  came(from: string, to: string, { at, order }: When, hops: number): void {
    const key = `${from}>${to}`
    const flight = takeNext(this.#underWay.get(key))
    if (flight !== undefined) {
      flight.endedAt = Math.max(at, flight.sentAt)
      flight.endedOrder = order
      flight.outcome = 'known'
      return
    }
    const early: Flight = {
      from,
      to,
      hops,
      sentAt: at,
      endedAt: at,
      outcome: 'known',
      // It was sent before it came.
      sentOrder: order - 0.5,
      endedOrder: order,
    }
    if (this.#keep(early)) add(this.#early, key, early)
  }

  /** What became of the message that came last from that peer. */
  judge(from: string, to: string, outcome: Outcome): void {
    const flight = this.all.findLast((it) => it.from === from && it.to === to && it.outcome === 'known')
    if (flight !== undefined) flight.outcome = outcome
  }

  #keep(flight: Flight): boolean {
    if (this.all.length === MAX_FLIGHTS || this.#room.left === 0) {
      this.dropped += 1
      return false
    }
    this.#room.left -= 1
    this.all.push(flight)
    return true
  }
}

function lose(flight: Flight, at: number, order: number): void {
  flight.endedAt = at
  flight.endedOrder = order
  flight.outcome = 'lost'
}

/** Of several the first that is not believed to be lost. */
function takeNext(flights: Flight[] | undefined): Flight | undefined {
  if (flights === undefined || flights.length === 0) return undefined
  const next = flights.findIndex((it) => it.outcome === 'under way')
  return flights.splice(next === -1 ? flights.length - 1 : next, 1)[0]
}

function add(to: Map<string, Flight[]>, key: string, flight: Flight): void {
  const list = to.get(key)
  if (list === undefined) to.set(key, [flight])
  else list.push(flight)
}
