/** Which claims about who may pick whom the end of a run judges, and what is wrong with each. */
import { listed } from '../explain-residue.ts'
import type { OverlayClaim } from './claims.ts'
import type { LastPeers } from './last-peers.ts'
import { boundOf, type MembershipRun, OVER } from './scenarios.ts'

const CONNECTED: Readonly<Record<MembershipRun, OverlayClaim>> = {
  quiet: 'connected',
  churn: 'connected after churn',
  partition: 'connected after a partition',
  silence: 'no live node is dropped for good',
}

/** What was judged by one run, and what was wrong; nothing where nothing was. */
export function overlayFlaws(
  kind: MembershipRun,
  end: LastPeers,
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
