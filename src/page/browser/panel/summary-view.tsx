/** More nodes than can be drawn one by one, recorded or live: their figures and curves alone. */
import type { VNode } from 'preact'
import { MAX_DRAWN } from '../../wire.ts'
import { count, duration, shortened } from '../format.ts'
import type { Store } from '../store.ts'
import { Curves } from './curves.tsx'
import { FigureList } from './figure-list.tsx'

interface Course {
  readonly timestamp: number
  readonly name: string
  /** [ms since its injection, nodes reached], rising. */
  readonly curve: readonly (readonly [number, number])[]
  readonly had: number
  figures(): Readonly<Record<string, number>>
}

export function SummaryView({ store }: { readonly store: Store }): VNode {
  const nodes = store.summary?.nodes ?? store.rows.length
  const courses = recorded(store) ?? live(store)
  const chosen = courses.find((it) => it.timestamp === store.chosen) ?? courses.at(-1)
  const curves = courses.map(({ name, timestamp, curve }) => ({
    name,
    isChosen: timestamp === chosen?.timestamp,
    points: curve.map(([time, reached]) => [time, reached / nodes] as const),
  }))
  return (
    <div class="summary">
      <p class="note">
        {count(nodes)} nodes: more than {count(MAX_DRAWN)} are not drawn one by one. Here are their curves and
        figures.
      </p>
      <ol class="values">
        {courses.length === 0 && <li class="none">none yet</li>}
        {courses.map(({ name, timestamp, curve, had }) => (
          <li key={timestamp}>
            <button
              type="button"
              aria-pressed={timestamp === chosen?.timestamp}
              title={shortened(name, 2000)}
              onClick={() => store.set({ chosen: timestamp })}
            >
              <bdi class="value">{shortened(name)}</bdi>
              <span class="number">
                {count(had)}/{count(nodes)}
              </span>
              <span class="number">{curve.length === 0 ? '?' : duration(curve.at(-1)![0])}</span>
            </button>
          </li>
        ))}
      </ol>
      <FigureList figures={chosen?.figures() ?? null} />
      <Curves curves={curves} isBusy={store.isBusy} />
    </div>
  )
}

function recorded({ summary }: Store): Course[] | undefined {
  return summary?.spreads.map(({ figures, ...it }, i) => ({
    ...it,
    name: it.value ?? `value ${i + 1}`,
    had: it.curve.at(-1)?.[1] ?? 0,
    figures: () => figures,
  }))
}

function live(store: Store): Course[] {
  const { model } = store
  return model.spreads.map((it) => ({
    timestamp: it.timestamp,
    name: store.nameOf(it),
    curve: it.curve(),
    had: it.had,
    figures: () => ({ ...model.figures(it) }),
  }))
}
