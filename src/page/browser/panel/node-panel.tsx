/** One node: what it is, what can be done to it, and why it has the value or not. */
import type { ComponentChildren, VNode } from 'preact'
import type { NodeRow } from '../../wire.ts'
import { join, kill, pauseOrResume, propagate, revive, rowOf } from '../actions.ts'
import { count, duration, othersOf, shortened } from '../format.ts'
import { Icon } from '../icon.tsx'
import type { Store } from '../store.ts'
import { WhyList } from './why-list.tsx'

/** Logged lines that are shown. */
const LINES = 10

export function NodePanel({
  store,
  address,
}: {
  readonly store: Store
  readonly address: string
}): VNode | null {
  const row = rowOf(store, address)
  if (row === undefined) return null
  const picks = store.model.overlay?.of(row.number)
  return (
    <section class="panel" aria-label={`Node ${address}`}>
      <header>
        <h2>
          <bdi>{address}</bdi>
        </h2>
        <button
          type="button"
          class="icon"
          aria-label="Close"
          title="Close (Esc)"
          onClick={() => store.set({ selected: null })}
        >
          <Icon name="close" />
        </button>
      </header>
      <p class="state">
        node {row.number}
        {row.strategy && `, ${row.strategy}`}, <b>{row.state}</b>
        {row.state === 'runs' && `, for ${duration(1000 * row.uptime)}`}
      </p>
      <NodeActions store={store} row={row} />
      <dl class="facts">
        <Fact name="value">
          {row.value === null ? (
            <i>{row.timestamp === null ? 'none' : 'deleted'}</i>
          ) : (
            <bdi title={shortened(row.value, 2000)}>{shortened(row.value, 120)}</bdi>
          )}
        </Fact>
        <Fact name="version">
          {row.timestamp === null ? <i>none</i> : <span class="number">{row.timestamp}</span>}
        </Fact>
        {othersOf(row) > 0 && <Fact name="under other keys">{count(othersOf(row))}</Fact>}
        {row.published !== undefined && <Fact name="published">port {row.published} of the host</Fact>}
        {row.container !== undefined && (
          <Fact name="container">
            <bdi>{row.container}</bdi>
          </Fact>
        )}
        <Fact name="known peers">{count(row.peers)}</Fact>
        {picks !== undefined && <Fact name="peers that it may pick">{count(picks.degree)}</Fact>}
        {picks !== undefined && <Fact name="nodes that may pick it">{count(picks.inDegree)}</Fact>}
      </dl>
      <dl class="figures counters">
        {(['sent', 'received', 'updates', 'ignored', 'refused'] as const).map((it) => (
          <div key={it}>
            <dt>{it}</dt>
            <dd class="number">{count(row[it])}</dd>
          </div>
        ))}
      </dl>
      <WhyList store={store} row={row} />
      <Logs store={store} address={address} />
    </section>
  )
}

/** What its strategy logged last. */
function Logs({ store, address }: { readonly store: Store; readonly address: string }): VNode | null {
  const lines = store.model.logs.filter((it) => it.node === address).slice(-LINES)
  if (lines.length === 0) return null
  return (
    <section aria-label="What its strategy logged">
      <h3>Logged</h3>
      <ul class="why">
        {lines.map((it) => (
          <li key={`${it.at} ${it.text}`}>
            <bdi>{it.text}</bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Only what can be done here, and makes sense now. */
function NodeActions({ store, row }: { readonly store: Store; readonly row: NodeRow }): VNode {
  const is = (...states: NodeRow['state'][]): boolean => states.includes(row.state)
  return (
    <div class="actions">
      {store.can('propagate') && is('runs') && (
        <button type="button" class="main" onClick={() => void propagate(store, { from: row })}>
          Propagate from here
        </button>
      )}
      {store.can('kill') && is('runs', 'paused') && (
        <button type="button" title="Ends it abruptly (k)" onClick={() => kill(store, row)}>
          Kill
        </button>
      )}
      {store.can('restart') && is('dead') && (
        <button
          type="button"
          title="Starts it again, with nothing kept (r)"
          onClick={() => revive(store, row)}
        >
          Revive
        </button>
      )}
      {store.can('pause') && is('runs') && (
        <button
          type="button"
          title="It does nothing for a while (z)"
          onClick={() => pauseOrResume(store, row)}
        >
          Pause
        </button>
      )}
      {store.can('resume') && is('paused') && (
        <button type="button" title="It goes on (z)" onClick={() => pauseOrResume(store, row)}>
          Resume
        </button>
      )}
      {store.can('join') && is('absent') && (
        <button type="button" onClick={() => join(store, row)}>
          Join
        </button>
      )}
    </div>
  )
}
