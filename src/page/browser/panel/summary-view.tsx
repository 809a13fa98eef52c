/** More nodes than can be drawn one by one, recorded or live: their figures and curves alone. */
import type { VNode } from 'preact'
import { idOf, nameOf, type ValueId } from '../../model/value-id.ts'
import { MAX_DRAWN } from '../../wire.ts'
import { Curves } from '../chart/curves.tsx'
import { count, duration, shortened } from '../format.ts'
import type { Store } from '../store.ts'
import { FigureList } from './figure-list.tsx'
import { lastSpreads } from './last-spreads.ts'
import { OverlaySection } from './overlay-list.tsx'
import { StreamPanel } from './stream-panel.tsx'

interface Course extends ValueId {
  readonly name: string
  /** [ms since its injection, nodes reached], rising. */
  readonly curve: readonly (readonly [number, number])[]
  readonly had: number
  figures(): Readonly<Record<string, number>>
}

export function SummaryView({ store }: { readonly store: Store }): VNode {
  const nodes = store.summary?.nodes ?? store.rows.length
  const note = `${count(nodes)} nodes: more than ${count(MAX_DRAWN)} are not drawn one by one.`
  if (store.isStream)
    return (
      <div class="summary">
        <p class="note">{note}</p>
        <StreamPanel store={store} />
      </div>
    )
  const courses = recorded(store) ?? live(store)
  const chosen = courses.find((it) => idOf(it) === store.chosen) ?? courses.at(-1)
  const curves = courses.map((it) => ({
    name: it.name,
    isChosen: it === chosen,
    points: it.curve.map(([time, reached]) => [time, reached / nodes] as const),
  }))
  return (
    <div class="summary">
      <p class="note">
        {note} Here are their curves and figures.{' '}
        {store.model.stream.isOn && (
          <button type="button" class="link" onClick={() => store.showStream()}>
            Back to the stream
          </button>
        )}
      </p>
      <ol class="values">
        {courses.length === 0 && <li class="none">none yet</li>}
        {courses.map((it) => (
          <li key={idOf(it)}>
            <button
              type="button"
              aria-pressed={it === chosen}
              title={shortened(it.name, 2000)}
              onClick={() => store.set({ chosen: idOf(it) })}
            >
              <bdi class="value">{shortened(it.name)}</bdi>
              <span class="number">
                {count(it.had)}/{count(nodes)}
              </span>
              <span class="number">{it.curve.length === 0 ? '?' : duration(it.curve.at(-1)![0])}</span>
            </button>
          </li>
        ))}
      </ol>
      <FigureList figures={chosen?.figures() ?? null} />
      <OverlaySection store={store} />
      <Curves curves={curves} isBusy={store.isBusy} />
    </div>
  )
}

function recorded({ summary }: Store): Course[] | undefined {
  return summary?.spreads.map(({ figures, ...it }, i) => ({
    ...it,
    // A load is measured as a whole.
    name: (figures.values ?? 1) > 1 ? `${count(figures.values!)} values` : nameOf(it, it.value, i + 1),
    had: it.curve.at(-1)?.[1] ?? 0,
    figures: () => figures,
  }))
}

function live(store: Store): Course[] {
  const { model } = store
  return lastSpreads(store).map((it) => ({
    key: it.key,
    timestamp: it.timestamp,
    name: store.nameOf(it),
    curve: it.curve(),
    had: it.had,
    figures: () => ({ ...model.figures(it) }),
  }))
}
