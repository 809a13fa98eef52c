/** The last values, the newest first. */
import type { VNode } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Spread } from '../../model/spread.ts'
import { idOf } from '../../model/value-id.ts'
import { count, duration, shortened } from '../format.ts'
import type { Store } from '../store.ts'
import { lastSpreads } from './last-spreads.ts'

const TOOK = 'From its injection to the first copy of the node reached last (tLast)'
const UNKNOWN = 'Not known: nobody looked when it was handed in'
/** A list that moves below the pointer is one that nobody can click. */
const RESTS = 'The list rests while the pointer is on it'

export function Values({ store }: { readonly store: Store }): VNode {
  const { model, spread } = store
  const [isHeld, setHeld] = useState(false)
  const held = useRef<readonly Spread[]>([])
  if (!isHeld || !model.stream.isOn) held.current = lastSpreads(store)
  return (
    <ol
      class="values"
      title={isHeld && model.stream.isOn ? RESTS : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {held.current.length === 0 && <li class="none">none yet</li>}
      {held.current.toReversed().map((it) => {
        const name = store.nameOf(it)
        return (
          <li key={idOf(it)}>
            <button
              type="button"
              aria-pressed={it === spread && !store.isStream}
              title={`${shortened(name, 2000)}\nShow it slowly`}
              onClick={() =>
                store.isDrawn
                  ? store.open(it, { isPlaying: store.replaysItself })
                  : store.set({ chosen: idOf(it) })
              }
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
