/** The last values, and the figures and the curve of one of them. */
import type { VNode } from 'preact'
import type { Store } from '../store.ts'
import { type Curve, Curves } from './curves.tsx'
import { FigureList } from './figure-list.tsx'
import { Values } from './values.tsx'

export function Side({ store }: { readonly store: Store }): VNode {
  const { spread, model } = store
  const nodes = Math.max(1, model.size)
  const curves: Curve[] = model.spreads.map((it) => ({
    name: store.nameOf(it),
    isChosen: it === spread,
    points: it.curve().map(([time, count]) => [time, count / nodes]),
  }))
  return (
    <div class="side">
      <section>
        <h2>Last values</h2>
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
    </div>
  )
}
