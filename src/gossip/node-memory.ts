/** What of a node changes as it runs. A host of many nodes may keep it elsewhere than in an object each. */
import type { Delays } from './delays.ts'
import type { Address } from './strategy.ts'
import { type Holdings, NOTHING } from './values/holdings.ts'

/** What is kept for one of its protocols. */
export interface HandlerMemory {
  /** As peers know the node. */
  address: Address
  /** Messages to itself that have not come yet. */
  delays: Delays | undefined
  /** What the protocol's `state()` made. */
  state: unknown
}

export interface NodeMemory extends HandlerMemory {
  holdings: Holdings
  /** How many values it still spreads; counted where the strategy says which. */
  interested: number
  /** Periods that have passed since it took a value last, of those that it holds. */
  calm: number
}

/** That of a node that has not started. */
export function newMemory(address: Address): NodeMemory {
  return { address, delays: undefined, state: undefined, holdings: NOTHING, interested: 0, calm: 0 }
}
