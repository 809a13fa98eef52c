/** The last values, the newest first. */
import type { VNode } from 'preact'
import { count, duration, shortened } from '../format.ts'
import type { Store } from '../store.ts'

const TOOK = 'From its injection to the first copy of the node reached last (tLast)'
const UNKNOWN = 'Not known: nobody looked when it was handed in'

export function Values({ store }: { readonly store: Store }): VNode {
  const { model, spread } = store
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
              <bdi class="value">{shortened(name)}</bdi>
              <span class="number" title="Nodes that have had it">
                {count(it.had)}/{count(model.size)}
              </span>
              <span class="number" title={it.took === null ? UNKNOWN : TOOK}>
                {it.took === null ? '?' : duration(it.took)}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
