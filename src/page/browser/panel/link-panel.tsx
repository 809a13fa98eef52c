/** The link between two nodes: whether it is open, and cutting and healing it. */
import type { VNode } from 'preact'
import { Connectivity } from '../../../network/connectivity.ts'
import { cutLink, healLink, rowOf } from '../actions.ts'
import { Icon } from '../icon.tsx'
import type { Store } from '../store.ts'

interface Props {
  readonly store: Store
  readonly link: { readonly from: string; readonly to: string }
}

export function LinkPanel({ store, link: { from, to } }: Props): VNode | null {
  const [a, b] = [rowOf(store, from), rowOf(store, to)]
  if (a === undefined || b === undefined) return null
  const ways = new Connectivity(store.network)
  const areOpen = [!ways.isCut(a.number, b.number), !ways.isCut(b.number, a.number)]
  const flights = store.spread?.flights.filter(
    (it) => (it.from === from && it.to === to) || (it.from === to && it.to === from),
  )
  return (
    <section class="panel" aria-label="Link">
      <header>
        <h2>Link</h2>
        <button
          type="button"
          class="icon"
          aria-label="Close"
          title="Close (Esc)"
          onClick={() => store.set({ link: null })}
        >
          <Icon name="close" />
        </button>
      </header>
      <ul class="ways">
        <li>
          {from} {'\u2192'} {to} <b>{areOpen[0] ? 'open' : 'cut'}</b>
        </li>
        <li>
          {to} {'\u2192'} {from} <b>{areOpen[1] ? 'open' : 'cut'}</b>
        </li>
      </ul>
      <p>
        {flights?.length ?? 0} messages of the value went over it,{' '}
        {flights?.filter((it) => it.outcome === 'lost').length ?? 0} of them were lost.
      </p>
      <div class="actions">
        {store.can('cut') && areOpen.includes(true) && (
          <button type="button" onClick={() => void cutLink(store, a.number, b.number)}>
            Cut this link
          </button>
        )}
        {store.can('heal') && store.can('cut') && areOpen.includes(false) && (
          <button type="button" onClick={() => void healLink(store, a.number, b.number)}>
            Heal this link
          </button>
        )}
      </div>
    </section>
  )
}
