/** A recording of more nodes than can be drawn one by one: its figures and curves alone. */
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { MAX_DRAWN, type Summary } from '../wire.ts'
import { Curves } from './curves.tsx'
import { FigureList } from './figure-list.tsx'
import { count, duration } from './format.ts'
import { Header } from './header.tsx'
import type { Store } from './store.ts'

export function SummaryView({ store, summary }: { readonly store: Store; readonly summary: Summary }): VNode {
  const { nodes, spreads } = summary
  const [place, choose] = useState(spreads.length - 1)
  const chosen = spreads[place]
  const curves = spreads.map(({ curve }, i) => ({
    name: `value ${i + 1}`,
    isChosen: i === place,
    points: curve.map(([time, reached]) => [time, reached / nodes] as const),
  }))
  return (
    <div class="page">
      <Header store={store} />
      <div class="summary">
        <p class="note">
          {count(nodes)} nodes: more than {count(MAX_DRAWN)} are not drawn one by one. Here are their curves
          and figures.
        </p>
        <ol class="values">
          {spreads.map(({ timestamp, curve }, i) => (
            <li key={timestamp}>
              <button type="button" aria-pressed={i === place} onClick={() => choose(i)}>
                <span class="value">value {i + 1}</span>
                <span class="number">
                  {count(curve.at(-1)?.[1] ?? 0)}/{count(nodes)}
                </span>
                <span class="number">{duration(curve.at(-1)?.[0] ?? 0)}</span>
              </button>
            </li>
          ))}
        </ol>
        <FigureList figures={chosen?.figures ?? null} />
        <Curves curves={curves} />
      </div>
    </div>
  )
}
