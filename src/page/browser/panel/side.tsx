/** The last values, and the figures and the curve of one of them; or those of all, where they are a stream. */
import type { VNode } from 'preact'
import { type Curve, Curves } from '../chart/curves.tsx'
import type { Store } from '../store.ts'
import { FigureList } from './figure-list.tsx'
import { lastSpreads } from './last-spreads.ts'
import { OverlaySection } from './overlay-list.tsx'
import { StreamPanel } from './stream-panel.tsx'
import { Values } from './values.tsx'

export function Side({ store }: { readonly store: Store }): VNode {
  const { spread, model } = store
  if (store.isStream) return <StreamPanel store={store} />
  const nodes = Math.max(1, model.size)
  const curves: Curve[] = lastSpreads(store).map((it) => ({
    name: store.nameOf(it),
    isChosen: it === spread,
    points: it.curve().map(([time, count]) => [time, count / nodes]),
  }))
  return (
    <div class="side">
      <section>
        <h2>
          Last values
          {model.stream.isOn && (
            <button type="button" class="link" onClick={() => store.showStream()}>
              Back to the stream
            </button>
          )}
        </h2>
        <Values store={store} />
      </section>
      <section>
        <h2>Figures</h2>
        <FigureList figures={spread === undefined ? null : { ...model.figures(spread) }} />
      </section>
      <section class="grow">
        <h2>Share of the nodes that have it</h2>
        <Curves curves={curves} isBusy={store.isBusy} />
      </section>
      <OverlaySection store={store} />
    </div>
  )
}
