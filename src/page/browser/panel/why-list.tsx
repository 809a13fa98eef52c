/** Why a node has a value, or has not. */
import type { VNode } from 'preact'
import { type Why, why } from '../../model/explain.ts'
import type { Flight } from '../../model/flights.ts'
import type { Spread } from '../../model/spread.ts'
import { isUnnamed } from '../../model/value-id.ts'
import type { NodeRow } from '../../wire.ts'
import { clock, duration, shortened } from '../format.ts'
import { fate } from '../replay/moment-in-words.ts'
import type { Store } from '../store.ts'

/** Messages and names that are listed. */
const MAX_LISTED = 12

export function WhyList({ store, row }: { readonly store: Store; readonly row: NodeRow }): VNode | null {
  const { spread } = store
  if (spread === undefined) return null
  const reason = why(spread, row.address, row)
  const name = shortened(store.nameOf(spread), 24)
  const hasNow = reason.has || (isUnnamed(spread) && row.timestamp === spread.timestamp)
  return (
    <section class="why">
      <h3>
        Why it {hasNow ? 'has' : 'does not have'} “<bdi>{name}</bdi>”
      </h3>
      {reason.path.length > 0 && <Path why={reason} spread={spread} />}
      {reason.isUnseen && <p>How it came was not seen: it was there already when one began to look.</p>}
      {!hasNow && reason.path.length > 0 && <p>It had it, and does not hold it any more.</p>}
      {reason.newer !== null && <p>It holds a newer value.</p>}
      {reason.changes.length > 0 && <p>{reason.changes.map((it) => inWords(it, spread)).join(', ')}.</p>}
      {reason.again.map(({ at, from }) => (
        <p key={at}>
          It got it again {when(spread, at)}, from {from ?? 'a client'}: the first time counts.
        </p>
      ))}
      {reason.messages.length > 0 && <Messages store={store} messages={reason.messages} spread={spread} />}
      {!hasNow && reason.messages.length === 0 && spread.dropped === 0 && <p>No message brought it.</p>}
      {!hasNow && <Others store={store} title="Sent it, but never to this node" nodes={reason.passedOver} />}
      {!hasNow && <Others store={store} title="Had it, and sent it to nobody" nodes={reason.silent} />}
    </section>
  )
}

function Path({ why: { path }, spread }: { readonly why: Why; readonly spread: Spread }): VNode {
  return (
    <ol class="path">
      {path[0]!.from !== null && <li>{path[0]!.from}</li>}
      {path.map(({ node, at, from, hops }) => (
        <li key={node}>
          <bdi>{node}</bdi>
          <span class="number">{from === null ? 'from a client' : `hop ${hops}, ${when(spread, at)}`}</span>
        </li>
      ))}
    </ol>
  )
}

interface MessagesProps {
  readonly store: Store
  readonly messages: readonly Flight[]
  readonly spread: Spread
}

function Messages({ store, messages, spread }: MessagesProps): VNode {
  const listed = messages.slice(0, MAX_LISTED)
  return (
    <>
      <h4>Messages to it that carried the value</h4>
      <ul class="messages">
        {listed.map((it) => (
          <li key={`${it.from} ${it.sentAt}`} data-outcome={it.outcome}>
            <bdi title={it.from}>{store.shortName(it.from)}</bdi>
            <span>{fate(it)}</span>
            <span class="number">{when(spread, it.endedAt ?? it.sentAt)}</span>
          </li>
        ))}
        {messages.length > listed.length && <li>and {messages.length - listed.length} more</li>}
      </ul>
    </>
  )
}

interface OthersProps {
  readonly store: Store
  readonly title: string
  readonly nodes: readonly string[]
}

function Others({ store, title, nodes }: OthersProps): VNode | null {
  if (nodes.length === 0) return null
  const more = nodes.length - MAX_LISTED
  return (
    <p>
      {title}:{' '}
      {nodes
        .slice(0, MAX_LISTED)
        .map((it) => store.shortName(it))
        .join(', ')}
      {more > 0 && ` and ${more} more`}.
    </p>
  )
}

function inWords({ is, keeps, at }: Why['changes'][number], spread: Spread): string {
  if (is === 'lost') return `out of reach ${when(spread, at)}`
  if (is === 'back') return `in reach again ${when(spread, at)}`
  return `${is}${is === 'started' && keeps ? ' (it had kept it)' : ''} ${when(spread, at)}`
}

/** Since the value's injection or, where nobody saw that, by the clock. */
function when({ isWhole, startedAt }: Spread, at: number): string {
  if (!isWhole) return `at ${clock(at)}`
  return at < startedAt ? `${duration(startedAt - at)} before` : `after ${duration(at - startedAt)}`
}
