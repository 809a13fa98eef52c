/** The last values, the newest first. */
import type { VNode } from 'preact'
import { count, duration, shortened } from './format.ts'
import type { Store } from './store.ts'

export function Values({ store }: { readonly store: Store }): VNode {
  const { model, rows, spread } = store
  return (
    <ol class="values">
      {model.spreads.length === 0 && <li class="none">none yet</li>}
      {model.spreads.toReversed().map((it) => {
        const name = store.nameOf(it)
        return (
          <li key={it.timestamp}>
            <button
              type="button"
              aria-pressed={it === spread}
              title={`${shortened(name, 2000)}\nShow it slowly`}
              onClick={() => store.open(it, { isPlaying: store.replaysItself })}
            >
              <span class="value">{shortened(name)}</span>
              <span class="number" title="Nodes that have had it">
                {count(it.infections.size)}/{count(rows.length)}
              </span>
              <span class="number" title="From its injection to the last node that got it">
                {duration(it.lastTakenAt - it.startedAt)}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
