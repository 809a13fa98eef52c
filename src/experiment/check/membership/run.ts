/** One run of a membership under observation: whom nodes could pick at its end, and what it did that it may not do. */
import { only } from '../../../gossip/population.ts'
import type { MembershipProtocol, Protocol } from '../../../gossip/protocol.ts'
import { StrategyError } from '../../../gossip/strategy-error.ts'
import type { GossipEvent } from '../../../measure/event.ts'
import type { RunResult } from '../../../measure/result.ts'
import { simulate } from '../../../simulation/simulate.ts'
import type { CommonClaim, Flaw } from '../claims.ts'
import { Digest } from '../observe/event-digest.ts'
import type { Addresses } from '../observe/guarded-node.ts'
import type { Mistake } from '../observe/instrumented.ts'
import { addTo, flawOf } from '../run.ts'
import type { Run } from '../settings.ts'
import { used, withTraps } from '../traps.ts'
import { MemberInstruments, type MemberListener } from './instrumented.ts'
import { LastPeers } from './last-peers.ts'
import { MemberBound } from './send-bound.ts'

export interface MemberOrder {
  /** One for all nodes, or as many as there are nodes. */
  readonly protocols: readonly MembershipProtocol[]
  /** Runs on it: it sends, so that something can ride on that, and finds who can't be reached. */
  readonly strategy: Protocol
  readonly run: Run
  /** How memberships see them; as numbers, if left out. */
  readonly addresses?: Addresses
  /** Does it look what becomes of what is received? That takes as long as the run itself. */
  readonly watches?: true
  /** Hears what nodes do; what messages say is not looked at meanwhile. */
  readonly listen?: (instruments: () => MemberInstruments) => MemberListener
}

export interface ObservedMembers {
  /** Undefined if a fault ended the run. */
  readonly result: RunResult | undefined
  readonly flaws: readonly Flaw<CommonClaim>[]
  readonly digest: Digest
  readonly end: LastPeers
  /** Messages of the membership, a node and period. */
  readonly sent: number
  readonly isStrict: boolean
}

/** One that springs a trap is run once more without them, so that what else there is to say of it is said. */
export function observeMembers(order: MemberOrder): ObservedMembers {
  const strict = attemptMembers(order, true)
  const ended = strict.flaws.some(({ claim }) => claim === 'no own clock, dice or I/O')
  if (strict.result !== undefined || !ended) return strict
  const second = attemptMembers(order, false)
  return { ...second, flaws: [...strict.flaws, ...second.flaws] }
}

/** @param repeats the run that this one should repeat */
export function attemptMembers(
  order: MemberOrder,
  isStrict: boolean,
  repeats?: ObservedMembers,
): ObservedMembers {
  const { protocols, run, listen, addresses, strategy, watches = false } = order
  const { name, placeOf } = protocols[0]!
  const digest = new Digest(repeats?.digest)
  const bound = new MemberBound(run.nodes)
  const end = new LastPeers()
  const listener = listen?.(() => instruments)
  const hears: MemberListener = {
    period(node) {
      bound.period(node)
      listener?.period(node)
    },
    said(type, text, receivers) {
      if (listener === undefined) {
        digest.contents(type)
        digest.contents(text)
      } else listener.said(type, text, receivers)
      bound.said(type, text, receivers)
    },
  }
  const instruments = new MemberInstruments(protocols, hears, watches, addresses)
  const trace = (event: GossipEvent): void => {
    if (listen === undefined) digest.see(event)
    end.see(event)
  }
  const flaws: Flaw<CommonClaim>[] = []
  let result: RunResult | undefined
  const { sprung } = withTraps(isStrict, () => {
    try {
      const members = instruments.protocol
      result = simulate({ ...run, population: only(strategy), members, trace }).result
    } catch (error) {
      if (!(error instanceof StrategyError)) throw error
      flaws.push(flawOf(error))
    }
  })
  if (isStrict && sprung.length > 0)
    addTo(flaws, { claim: 'no own clock, dice or I/O', what: `membership ${name}: ${used(sprung[0]!)}` })
  const faultOf = ({ handler, mistake }: Mistake<unknown>): StrategyError =>
    new StrategyError(name, handler, mistake, placeOf?.(mistake), 'membership')
  // What is thrown at a handler it may well catch.
  const { changed, shared, refused } = instruments
  for (const it of [changed, refused]) if (it !== undefined) addTo(flaws, flawOf(faultOf(it)))
  if (shared !== undefined) addTo(flaws, { claim: 'nodes share nothing', what: faultOf(shared).message })
  return {
    ...{ result, flaws, digest, isStrict, end },
    sent: bound.sent,
  }
}
