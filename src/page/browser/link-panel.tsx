/** The link between two nodes: whether it is open, and cutting and healing it. */
import type { VNode } from 'preact'
import { cutLink, healLink, isCut, rowOf } from './actions.ts'
import { Icon } from './icon.tsx'
import type { Store } from './store.ts'

interface Props {
  readonly store: Store
  readonly link: { readonly from: string; readonly to: string }
}

export function LinkPanel({ store, link: { from, to } }: Props): VNode | null {
  const [a, b] = [rowOf(store, from), rowOf(store, to)]
  if (a === undefined || b === undefined) return null
  const ways = [isCut(store, a.number, b.number), isCut(store, b.number, a.number)]
  const isAnyCut = ways.includes(true)
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
          {from} {ways[0] ? '\u21F8' : '\u2192'} {to} <b>{ways[0] ? 'cut' : 'open'}</b>
        </li>
        <li>
          {to} {ways[1] ? '\u21F8' : '\u2192'} {from} <b>{ways[1] ? 'cut' : 'open'}</b>
        </li>
      </ul>
      <p>
        {flights?.length ?? 0} messages of the value went over it,{' '}
        {flights?.filter((it) => it.outcome === 'lost').length ?? 0} of them were lost.
      </p>
      <div class="deeds">
        {store.can('cut') && !ways.every(Boolean) && (
          <button type="button" onClick={() => void cutLink(store, a.number, b.number)}>
            Cut this link
          </button>
        )}
        {store.can('heal') && store.can('cut') && isAnyCut && (
          <button type="button" onClick={() => void healLink(store, a.number, b.number)}>
            Heal this link
          </button>
        )}
      </div>
    </section>
  )
}
