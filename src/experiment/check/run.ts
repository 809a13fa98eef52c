/** One run under observation: what it came to, and what its strategy did that it may not do. */
import { Fault, ReceivedChanged, Runaway, SchemaViolation } from '../../gossip/fault.ts'
import type { Protocol } from '../../gossip/protocol.ts'
import type { GossipEvent } from '../../measure/event.ts'
import type { SimulationSettings } from '../../simulation/settings.ts'
import { type RunResult, simulate } from '../../simulation/simulate.ts'
import { Bound } from './bound.ts'
import type { Claim, Flaw, ReachClaim } from './claims.ts'
import { Digest } from './digest.ts'
import { Holders } from './holders.ts'
import { runSettings } from './settings.ts'
import { Trapped, used, withTraps } from './traps.ts'
import { Wrapped } from './wrapped.ts'

export interface Order {
  readonly protocol: Protocol
  readonly claim: ReachClaim
  readonly nodes: number
  readonly seed: number
}

export interface Observed {
  /** Undefined if a fault ended the run. */
  readonly result: RunResult | undefined
  readonly flaws: readonly Flaw[]
  readonly digest: Digest
  readonly holders: Holders
  /** Nodes that were interested at its end; undefined if the strategy doesn't say who is. */
  readonly interested: number | undefined
  readonly sent: number
  /** With traps that end the run? */
  readonly isStrict: boolean
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
  const { claim, nodes, seed } = order
  const wrapped = new Wrapped(order.protocol)
  const { protocol } = wrapped
  const base = runSettings(protocol, claim, nodes, seed)
  const bound = new Bound(nodes, base.period)
  const digest = new Digest(repeats?.digest)
  const holders = new Holders()
  const settings: SimulationSettings = {
    ...base,
    trace(event: GossipEvent): void {
      digest.see(event)
      holders.see(event)
      bound.see(event)
    },
  }
  const flaws: Flaw[] = []
  let result: RunResult | undefined
  const { sprung } = withTraps(isStrict, () => {
    try {
      result = simulate(settings).result
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      flaws.push(flawOf(error))
    }
  })
  // A strategy may well catch what a trap throws.
  if (isStrict && sprung.length > 0 && flaws.every((it) => it.claim !== 'no own clock, dice or I/O'))
    flaws.push({
      claim: 'no own clock, dice or I/O',
      what: `strategy ${protocol.name}: ${used(sprung[0]!)}`,
    })
  const { interested, changed } = wrapped
  // So may it what a write throws.
  if (changed !== undefined && flaws.every((it) => it.claim !== 'what is received stays as it was'))
    flaws.push({
      claim: 'what is received stays as it was',
      what: new Fault(protocol.name, changed.handler, changed.mistake, protocol.placeOf?.(changed.mistake))
        .message,
    })
  return { result, flaws, digest, holders, interested, sent: bound.sent, isStrict }
}

/** A fault within a fault is told once, with the handler that was under way. */
function flawOf(fault: Fault): Flaw {
  let root = fault
  while (root.cause instanceof Fault) root = root.cause
  return { claim: claimOf(root), what: root.message }
}

/** By what kind of error it is: whatever a strategy throws itself may have any text. */
function claimOf({ cause }: Fault): Claim {
  if (cause instanceof Trapped) return 'no own clock, dice or I/O'
  if (cause instanceof SchemaViolation) return 'messages keep their schemas'
  if (cause instanceof ReceivedChanged) return 'what is received stays as it was'
  if (cause instanceof Runaway) return 'sending is bounded'
  return 'handlers do not fail'
}
