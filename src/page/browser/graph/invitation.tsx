/** In the middle of a cluster that has no value yet: what to do first. */
import type { VNode } from 'preact'
import { propagate } from '../actions.ts'
import type { Store } from '../store.ts'

export function Invitation({ store }: { readonly store: Store }): VNode | null {
  const hasValue =
    store.model.last !== undefined || store.rows.some((it) => it.timestamp !== null || it.values > 0)
  if (hasValue || !store.can('propagate') || store.rows.length === 0) return null
  return (
    <div class="invitation">
      <button type="button" class="main" onClick={() => void propagate(store)}>
        Propagate a value
      </button>
      <p>One node gets it. See how the others do.</p>
    </div>
  )
}
