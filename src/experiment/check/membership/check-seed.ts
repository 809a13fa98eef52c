/** All claims about a membership, judged by the runs of one seed. */
import type { MembershipProtocol, Protocol } from '../../../gossip/protocol.ts'
import type { Flaw } from '../claims.ts'
import { listed } from '../explain-residue.ts'
import type { Common } from '../language-globals.ts'
import { asTexts } from '../observe/guarded-node.ts'
import { differenceOf } from '../run.ts'
import { CHECK_PERIOD_MS } from '../settings.ts'
import type { MembershipClaim, OverlayClaim } from './claims.ts'
import { memberLongRunFlaws } from './long-runs.ts'
import { attemptMembers, type MemberOrder, type ObservedMembers, observeMembers } from './run.ts'
import { boundOf, MEMBERSHIP_RUNS, type MembershipRun, membershipRun, OVER } from './scenarios.ts'

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

export function checkMembersSeed(examined: ExaminedMembers, nodes: number, seed: number): MembersReport {
  const { protocol, strategy, common, isLong, apart, always } = examined
  const flaws: Flaw<MembershipClaim>[] = []
  const observed = MEMBERSHIP_RUNS.map((kind) => {
    const order: MemberOrder = { protocols: [protocol], strategy, run: membershipRun(kind, nodes, seed) }
    const it = observeMembers(kind === WATCHED ? { ...order, watches: true } : order)
    for (const flaw of it.flaws) flaws.push(flaw)
    return { kind, order, it }
  })
  for (const { order, it } of observed.filter(({ kind }) => REPEATED.includes(kind))) {
    const difference = differenceOf(it, attemptMembers(order, it.isStrict, it), 'the second time')
    if (difference !== undefined)
      flaws.push({ claim: 'deterministic', what: `the same seed gave ${difference}` })
  }
  const [quiet] = observed
  const isWhole = quiet!.it.end.areAllKnown(quiet!.order.run.until ?? 0, STEADY * CHECK_PERIOD_MS)
  const judged = new Set<OverlayClaim>()
  for (const { kind, it } of observed) {
    if (it.result === undefined) continue
    for (const { claim, what } of overlayFlaws(kind, it, nodes, isWhole)) {
      judged.add(claim)
      if (what !== '') flaws.push({ claim, what: `membership ${protocol.name}: ${what}` })
    }
  }
  const more = [
    isLong ? memberLongRunFlaws(protocol, strategy, seed) : [],
    apart === undefined ? [] : apartFlaws(apart, strategy, seed),
  ]
  for (const flaw of more.flat()) flaws.push(flaw)
  const changed = common.changed()
  if (changed !== undefined)
    flaws.push({
      claim: 'nodes share nothing',
      what: `membership ${protocol.name}: changes ${changed}, which all code has in common`,
    })
  for (const flaw of always()) flaws.push(flaw)
  const churned = observed.find(({ kind }) => kind === 'churn')!.it
  return {
    seed,
    flaws: flaws
      .filter(({ claim }, i) => flaws.findIndex((it) => it.claim === claim) === i)
      // What there is instead of a side door is said to strategies.
      .map(({ claim, what }) => ({
        claim,
        what: what.replace(/\ba strategy (has|is|prints)\b/, 'a membership $1'),
      })),
    judged: [...judged],
    messages: quiet!.it.sent,
    dropped: churned.result?.detection?.last ?? null,
    isWhole,
    isLong,
    isApart: apart !== undefined,
  }
}

const CONNECTED: Readonly<Record<MembershipRun, OverlayClaim>> = {
  quiet: 'connected',
  churn: 'connected after churn',
  partition: 'connected after a partition',
  silence: 'no live node is dropped for good',
}

/** What was judged by one run, and what was wrong; nothing where nothing was. */
function overlayFlaws(
  kind: MembershipRun,
  { end }: ObservedMembers,
  nodes: number,
  isWhole: boolean,
): { readonly claim: OverlayClaim; readonly what: string }[] {
  const when = `${boundOf(nodes)} periods after ${OVER[kind]}`
  const { parts, keeping, live } = end
  const [, ...others] = parts
  const apart =
    others.length === 0
      ? ''
      : `${parts.length} components of ${live} nodes ${when}: beside the largest, of ${parts[0]!.length}, that of ${listed(others[0]!)}`
  const found: { claim: OverlayClaim; what: string }[] = [{ claim: CONNECTED[kind], what: apart }]
  if (kind === 'churn')
    found.push({
      claim: 'the dead are dropped',
      what:
        keeping.dead.length === 0
          ? ''
          : `${keeping.nodes.length} of ${live} nodes (${listed(keeping.nodes)}) may still pick a dead one (${listed(keeping.dead)}) ${when}`,
    })
  if (kind === 'quiet') return found
  const gone = isWhole ? end.lacking : end.unknown
  const by = isWhole ? 'some no longer know, as all did before' : 'nobody may pick'
  found.push({
    claim: 'no live node is dropped for good',
    what: gone.length === 0 ? '' : `${gone.length} of ${live} nodes (${listed(gone)}) ${by}, ${when}`,
  })
  return found
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
