/** One run under observation: what it came to, and what its strategy did that it may not do. */

import type { Population, Share } from '../../gossip/population.ts'
import type { Protocol } from '../../gossip/protocol.ts'
import { ReceivedChanged, Runaway, SchemaViolation, StrategyError } from '../../gossip/strategy-error.ts'
import type { GossipEvent } from '../../measure/event.ts'
import type { RunResult } from '../../measure/result.ts'
import { WARM_UP_PERIODS } from '../../simulation/membership/bootstrap.ts'
import { simulate } from '../../simulation/simulate.ts'
import type { CommonClaim, Flaw } from './claims.ts'
import { Digest } from './observe/event-digest.ts'
import type { Addresses } from './observe/guarded-node.ts'
import { Instruments, type Mistake } from './observe/instrumented.ts'
import { Bound } from './observe/send-bound.ts'
import { ValueHolders } from './observe/value-holders.ts'
import type { Run } from './settings.ts'
import { Trapped, used, withTraps } from './traps.ts'

export interface Order {
  /** One for all nodes, or as many as there are nodes: then each has one of its own. */
  readonly protocols: readonly Protocol[]
  readonly run: Run
  /** How strategies see them; as numbers, if left out. */
  readonly addresses?: Addresses
  /** Hears each event, with what the nodes are seen to keep then; what messages say is not looked at meanwhile. */
  readonly listen?: (event: GossipEvent, instruments: Instruments) => void
}

export interface Observed {
  /** Undefined if a fault ended the run. */
  readonly result: RunResult | undefined
  readonly flaws: readonly Flaw<CommonClaim>[]
  readonly digest: Digest
  readonly holders: ValueHolders
  /** Nodes that were interested at its end; undefined if the strategy doesn't say who is. */
  readonly interested: number | undefined
  readonly sent: number
  /** With traps that end the run? */
  readonly isStrict: boolean
}

/** What of a run its repetition must have, too. */
export interface Repeated extends Pick<Observed, 'result' | 'digest'> {
  readonly flaws: readonly Flaw<string>[]
}

/** A strategy that springs a trap is run once more without them, so that what else there is to say of it is said. */
export function observe(order: Order): Observed {
  const strict = attempt(order, true)
  const isOver = strict.result !== undefined
  const ended = strict.flaws.some(({ claim }) => claim === 'no own clock, dice or I/O')
  if (isOver || !ended) return strict
  const second = attempt(order, false)
  return { ...second, flaws: [...strict.flaws, ...second.flaws] }
}

/** @param repeats the run that this one should repeat */
export function attempt(order: Order, isStrict: boolean, repeats?: Observed): Observed {
  const { protocols, run, listen, addresses } = order
  const { name, placeOf } = protocols[0]!
  const digest = new Digest(repeats?.digest)
  const instruments = new Instruments(listen === undefined ? digest.contents : undefined, addresses)
  const bound = new Bound(run.nodes, run.period)
  const holders = new ValueHolders()
  // What is said of times is from the first value on, as scenarios have them.
  const since = run.members === undefined ? 0 : WARM_UP_PERIODS * run.period
  const trace = (event: GossipEvent): void => {
    bound.see(event)
    if (listen === undefined) {
      digest.see(event)
      holders.see(since === 0 ? event : { ...event, at: event.at - since })
    } else listen(event, instruments)
  }
  const flaws: Flaw<CommonClaim>[] = []
  let result: RunResult | undefined
  const { sprung } = withTraps(isStrict, () => {
    try {
      result = simulate({
        ...run,
        population: populationOf(order, instruments),
        trace,
        ownObjects: true,
      }).result
    } catch (error) {
      if (!(error instanceof StrategyError)) throw error
      flaws.push(flawOf(error))
    }
  })
  // A strategy may well catch what a trap throws.
  if (isStrict && sprung.length > 0)
    addTo(flaws, { claim: 'no own clock, dice or I/O', what: `strategy ${name}: ${used(sprung[0]!)}` })
  const faultOf = ({ handler, mistake }: Mistake<unknown>): StrategyError =>
    new StrategyError(name, handler, mistake, placeOf?.(mistake))
  const { interested, changed, shared, unsent, kept } = instruments
  // So may it what a write throws, or what can't be sent or is over.
  for (const it of [changed, unsent, kept]) if (it !== undefined) addTo(flaws, flawOf(faultOf(it)))
  if (shared !== undefined) addTo(flaws, { claim: 'nodes share nothing', what: faultOf(shared).message })
  return { result, flaws, digest, holders, interested, sent: bound.sent, isStrict }
}

function populationOf({ protocols }: Order, instruments: Instruments): Population {
  const [first, ...rest] = protocols.map((it): Share => ({ protocol: instruments.wrap(it), weight: 1 }))
  return [first!, ...rest]
}

/** The first of a claim is told. */
export function addTo<C extends string>(flaws: Flaw<C>[], flaw: Flaw<C>): void {
  if (flaws.every(({ claim }) => claim !== flaw.claim)) flaws.push(flaw)
}

/**
 * What differs between two runs that should be the same.
 * @param when the second is another, in words
 */
export function differenceOf(first: Repeated, second: Repeated, when: string): string | undefined {
  const { difference } = second.digest
  if (difference !== undefined) return `another run ${when}: ${difference}`
  const isSame = JSON.stringify(ending(first)) === JSON.stringify(ending(second))
  return isSame ? undefined : `another result ${when}`
}

/** Its figures, or the fault that ended it. */
function ending({ result, flaws }: Repeated): unknown {
  return result === undefined ? flaws.at(-1) : { ...result, strategy: '', options: {} }
}

/** A fault within a fault is told once, with the handler that was under way. */
export function flawOf(fault: StrategyError): Flaw<CommonClaim> {
  let root = fault
  while (root.cause instanceof StrategyError) root = root.cause
  return { claim: claimOf(root), what: root.message }
}

/** By what kind of error it is: whatever a strategy throws itself may have any text. */
function claimOf({ cause }: StrategyError): CommonClaim {
  if (cause instanceof Trapped) return 'no own clock, dice or I/O'
  if (cause instanceof SchemaViolation) return 'messages keep their schemas'
  if (cause instanceof ReceivedChanged) return 'what is received stays as it was'
  if (cause instanceof Runaway) return 'sending is bounded'
  return 'handlers do not fail'
}
