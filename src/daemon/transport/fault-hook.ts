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
}

const OPEN: Fate = { isCut: false, delays: [0] }
/** Messages of one node that are under way at a time: a network holds no more either. */
export const MAX_UNDER_WAY = 10_000
/** The longest that a timer can wait, in ms. */
export const MAX_DELAY_MS = 2_000_000_000

export class FaultHook {
  readonly #faults: NetworkFaults | undefined
  readonly #clock: Clock
  readonly #underWay = new Set<CallOff>()

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
    to: string,
    what: 'gossip' | 'contacts',
    deliver: () => void,
    lost: (why: string, isCut: boolean) => void,
    leaves: (copies: number) => void = () => {},
  ): void {
    const { isCut, delays } = this.#faults?.fate(to, what) ?? OPEN
    leaves(delays.length)
    if (isCut) lost('the way is cut', true)
    else if (delays.length === 0) lost('the network lost it', false)
    for (const ms of delays) {
      if (ms <= 0) deliver()
      else if (this.#underWay.size < MAX_UNDER_WAY) this.#later(ms, deliver)
      else lost('too much is under way', false)
    }
  }

  /** What is still under way does not arrive. */
  stop(): void {
    for (const callOff of this.#underWay) callOff()
    this.#underWay.clear()
  }

  #later(ms: number, deliver: () => void): void {
    const callOff = this.#clock.after(Math.min(ms, MAX_DELAY_MS), () => {
      this.#underWay.delete(callOff)
      deliver()
    })
    this.#underWay.add(callOff)
  }
}
