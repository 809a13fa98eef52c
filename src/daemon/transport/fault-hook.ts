/**
 * Carries what a node sends to its peers, as the network that was put between the nodes of one process lets it:
 * not at all, twice, or late. Where there is none, everything goes at once.
 */
import { type CallOff, type Clock, realClock } from '../clock.ts'

/** What becomes of one message. */
export interface Fate {
  /** No way leads there: its sender finds out. */
  readonly isCut: boolean
  /** Ms that each copy is under way; none, if it is lost. */
  readonly delays: readonly number[]
}

/** The network between one node and the others. */
export interface NetworkFaults {
  fate(to: string, what: 'gossip' | 'contacts'): Fate
  /** What it costs to send, where it costs anything. */
  readonly costs?: NetworkCosts | undefined
}

export interface NetworkCosts {
  /** Calls when so many bytes, for that peer, have left the node, and tells how many ms they took. */
  leave(to: string, bytes: number, left: (took: number) => void): void
  /** Calls when they have come to that peer. @param took as told as they left */
  arrive(to: string, bytes: number, took: number, arrived: () => void): void
  /** Ms that the peer takes to handle a message. */
  handling(to: string): number
  /** The node ends: what has not left it never does. */
  stop(): void
}

/** Of one message. */
export interface Sent {
  readonly to: string
  readonly what: 'gossip' | 'contacts'
  readonly bytes: number
}

const OPEN: Fate = { isCut: false, delays: [0] }
/** Messages of one node that are under way at a time: a network holds no more either. */
export const MAX_UNDER_WAY = 10_000
/** The longest that a timer can wait, in ms. */
export const MAX_DELAY_MS = 2_000_000_000

const FULL = 'too much is under way'

export class FaultHook {
  readonly #faults: NetworkFaults | undefined
  readonly #clock: Clock
  readonly #underWay = new Set<CallOff>()
  /** Messages on links. */
  #onLinks = 0
  #hasStopped = false

  constructor(faults: NetworkFaults | undefined, clock: Clock = realClock) {
    this.#faults = faults
    this.#clock = clock
  }

  /**
   * @param deliver called for each copy that arrives
   * @param lost why it does not
   * @param leaves called first: how many copies will be under way
   */
  carry(
    sent: Sent,
    deliver: () => void,
    lost: (why: string, isCut: boolean) => void,
    leaves: (copies: number) => void = () => {},
  ): void {
    const { isCut, delays } = this.#faults?.fate(sent.to, sent.what) ?? OPEN
    leaves(delays.length)
    if (isCut) lost('the way is cut', true)
    else if (delays.length === 0) lost('the network lost it', false)
    const costs = this.#faults?.costs
    if (costs === undefined || isCut) {
      for (const ms of delays) this.#later(ms, deliver, lost)
      return
    }
    const full = delays.length === 0 ? () => {} : lost
    const left = (took: number): void => {
      for (const ms of delays) this.#later(ms, () => this.#arrive(costs, sent, took, deliver, lost), lost)
    }
    this.#onLink(full, left, (passed) => costs.leave(sent.to, sent.bytes, passed))
  }

  /** What is still under way does not arrive. */
  stop(): void {
    this.#hasStopped = true
    for (const callOff of this.#underWay) callOff()
    this.#underWay.clear()
    this.#faults?.costs?.stop()
  }

  #arrive(costs: NetworkCosts, { to, bytes }: Sent, took: number, deliver: () => void, lost: Lost): void {
    const arrived = (): void => this.#later(costs.handling(to), deliver, lost)
    this.#onLink(lost, arrived, (passed) => costs.arrive(to, bytes, took, () => passed(0)))
  }

  #onLink(lost: Lost, then: (took: number) => void, enter: (passed: (took: number) => void) => void): void {
    if (this.#isFull) {
      lost(FULL, false)
      return
    }
    this.#onLinks += 1
    enter((took) => {
      this.#onLinks -= 1
      if (!this.#hasStopped) then(took)
    })
  }

  get #isFull(): boolean {
    return this.#onLinks + this.#underWay.size >= MAX_UNDER_WAY
  }

  #later(ms: number, act: () => void, lost: Lost): void {
    if (ms <= 0 || this.#isFull) {
      if (ms <= 0) act()
      else lost(FULL, false)
      return
    }
    const callOff = this.#clock.after(Math.min(ms, MAX_DELAY_MS), () => {
      this.#underWay.delete(callOff)
      act()
    })
    this.#underWay.add(callOff)
  }
}

type Lost = (why: string, isCut: boolean) => void
