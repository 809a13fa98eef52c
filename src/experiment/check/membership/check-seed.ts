/** All claims about a membership, judged by the runs of one seed. */
import type { MembershipProtocol, Protocol } from '../../../gossip/protocol.ts'
import type { Flaw } from '../claims.ts'
import type { Common } from '../language-globals.ts'
import { asTexts } from '../observe/guarded-node.ts'
import { differenceOf } from '../run.ts'
import { CHECK_PERIOD_MS } from '../settings.ts'
import type { MembershipClaim, OverlayClaim } from './claims.ts'
import { memberLongRunFlaws } from './long-runs.ts'
import { overlayFlaws } from './overlay-flaws.ts'
import { attemptMembers, type MemberOrder, type ObservedMembers, observeMembers } from './run.ts'
import { MEMBERSHIP_RUNS, type MembershipRun, membershipRun } from './scenarios.ts'

/** A membership, loaded afresh: nothing has run of any of these. */
export interface MembersApart {
  /** One for each node. */
  readonly each: readonly MembershipProtocol[]
  /** For all nodes at once, two times. */
  readonly all: readonly [MembershipProtocol, MembershipProtocol]
}

export interface ExaminedMembers {
  readonly protocol: MembershipProtocol
  readonly strategy: Protocol
  readonly common: Common
  readonly isLong: boolean
  readonly apart: MembersApart | undefined
  readonly always: () => readonly Flaw<MembershipClaim>[]
}

/** What one seed's runs have shown: plain data, for any thread. */
export interface MembersReport {
  readonly seed: number
  /** The first of each claim. */
  readonly flaws: readonly Flaw<MembershipClaim>[]
  /** Claims about the overlay whose runs came to their end. */
  readonly judged: readonly OverlayClaim[]
  /** Messages of the membership in the quiet run, a node and period. */
  readonly messages: number
  /** Until the last live node dropped a dead one: in periods, mean over the dead; null where that is not known. */
  readonly dropped: number | null
  /** Did all know all, before anything happened? */
  readonly isWhole: boolean
  readonly isLong: boolean
  readonly isApart: boolean
}

/** Periods without a drop after which a node counts as one that means to keep all. */
const STEADY = 20

/** The one in which every handler may be called. */
const WATCHED: MembershipRun = 'churn'
/** The quiet run, and that one. */
const REPEATED: readonly MembershipRun[] = ['quiet', WATCHED]

interface Done {
  readonly kind: MembershipRun
  readonly order: MemberOrder
  readonly it: ObservedMembers
}

export function checkMembersSeed(examined: ExaminedMembers, nodes: number, seed: number): MembersReport {
  const { protocol, strategy, common, isLong, apart, always } = examined
  const done = MEMBERSHIP_RUNS.map((kind): Done => {
    const order: MemberOrder = { protocols: [protocol], strategy, run: membershipRun(kind, nodes, seed) }
    return { kind, order, it: observeMembers(kind === WATCHED ? { ...order, watches: true } : order) }
  })
  const of = (kind: MembershipRun): Done => done.find((it) => it.kind === kind)!
  const { it: quiet, order } = of('quiet')
  const isWhole = quiet.end.areAllKnown(order.run.until ?? 0, STEADY * CHECK_PERIOD_MS)
  const judged = done.flatMap(({ kind, it }) =>
    it.result === undefined ? [] : overlayFlaws(kind, it.end, nodes, isWhole),
  )
  const who = `membership ${protocol.name}`
  const flaws: Flaw<MembershipClaim>[] = [
    ...done.flatMap(({ it }) => it.flaws),
    // What a file keeps between runs has been through all of them by now.
    ...REPEATED.flatMap((kind) => repeatedFlaws(of(kind))),
    ...judged
      .filter(({ what }) => what !== '')
      .map(({ claim, what }) => ({ claim, what: `${who}: ${what}` })),
    ...(isLong ? memberLongRunFlaws(protocol, strategy, seed) : []),
    ...(apart === undefined ? [] : apartFlaws(apart, strategy, seed)),
    ...changedFlaws(common, who),
    ...always(),
  ]
  return {
    seed,
    flaws: flaws
      .filter(({ claim }, i) => flaws.findIndex((it) => it.claim === claim) === i)
      // What there is instead of a side door is said to strategies.
      .map(({ claim, what }) => ({
        claim,
        what: what.replace(/\ba strategy (has|is|prints)\b/, 'a membership $1'),
      })),
    judged: [...new Set(judged.map(({ claim }) => claim))],
    messages: quiet.sent,
    dropped: of('churn').it.result?.detection?.last ?? null,
    isWhole,
    isLong,
    isApart: apart !== undefined,
  }
}

function repeatedFlaws({ order, it }: Done): Flaw<MembershipClaim>[] {
  const difference = differenceOf(it, attemptMembers(order, it.isStrict, it), 'the second time')
  if (difference === undefined) return []
  return [{ claim: 'deterministic', what: `the same seed gave ${difference}` }]
}

function changedFlaws(common: Common, who: string): Flaw<MembershipClaim>[] {
  const changed = common.changed()
  if (changed === undefined) return []
  return [{ claim: 'nodes share nothing', what: `${who}: changes ${changed}, which all code has in common` }]
}

/** Addresses are texts in these runs, as on sockets: what takes them for numbers fails here. */
function apartFlaws({ each, all }: MembersApart, strategy: Protocol, seed: number): Flaw<MembershipClaim>[] {
  const run = membershipRun('churn', each.length, seed)
  const order = (protocols: readonly MembershipProtocol[]): MemberOrder => ({
    ...{ protocols, strategy, run },
    addresses: asTexts,
  })
  const together = attemptMembers(order([all[0]]), true)
  const when = 'where each node has the file for itself, as processes have'
  const difference = differenceOf(together, attemptMembers(order(each), true, together), when)
  // What differs from itself anyhow says nothing.
  const isSame = (): boolean =>
    differenceOf(together, attemptMembers(order([all[1]]), true, together), '') === undefined
  if (difference === undefined || !isSame()) return [...together.flaws]
  const what = `membership ${each[0]!.name}: it is ${difference}`
  return [...together.flaws, { claim: 'nodes share nothing', what }]
}
