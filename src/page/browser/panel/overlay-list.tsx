/** The figures of the overlay, each with what it means. */
import type { VNode } from 'preact'
import { OVERLAY_FIGURES, OVERLAY_TABLE } from '../../../measure/overlay-table.ts'
import { MAX_LINKS, type OverlayNumbers } from '../../model/overlay.ts'
import { count } from '../format.ts'
import type { Store } from '../store.ts'
import { useVisibility } from '../use-store.ts'

const TOO_LARGE = `Not computed: there are more than ${count(MAX_LINKS)} links`
/** Only where nodes died, and that was recorded. */
const OF_DEATHS: readonly string[] = ['first', 'last', 'falseAlarms']

/** Nothing where it is not known who may pick whom. */
export function OverlaySection({ store }: { readonly store: Store }): VNode | null {
  const figures = useVisibility() ? figuresOf(store) : {}
  const names = OVERLAY_FIGURES.filter((it) => !OF_DEATHS.includes(it) || figures[it] !== undefined)
  if (Object.keys(figures).length === 0 && store.model.overlay?.isTooLarge !== true) return null
  return (
    <section>
      <h2>Who may pick whom</h2>
      <dl class="figures overlay">
        {names.map((name) => (
          <div
            key={name}
            title={`${OVERLAY_TABLE[name].is}${figures[name] === undefined ? `. ${TOO_LARGE}` : ''}`}
          >
            <dt>{name}</dt>
            <dd class="number">{said(figures[name])}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function figuresOf({ summary, model }: Store): OverlayNumbers {
  return summary?.overlay ?? model.overlay?.figures ?? {}
}

function said(figure: number | undefined): string {
  if (figure === undefined) return '\u2013'
  return Number.isInteger(figure) ? count(figure) : figure.toFixed(2)
}
