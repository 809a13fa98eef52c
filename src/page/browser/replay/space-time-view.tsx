/** The space-time diagram of the value that is looked at, and its file. */
import { render, type VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { spaceTime } from '../../model/space-time.ts'
import { shortened } from '../format.ts'
import { saveFile } from '../save.ts'
import type { Store } from '../store.ts'
import { useSize } from '../use-size.ts'
import { LIGHT, SpaceTimeSvg, themePalette } from './space-time-svg.tsx'

/** Px of a saved file. */
const SAVED = { width: 1200, height: 700 }

export function SpaceTimeView({ store }: { readonly store: Store }): VNode {
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const { spread, model, rows } = store
  const more = { isWhole: spread?.isWhole !== false, down: model.gone }
  const diagram =
    spread === undefined
      ? undefined
      : spaceTime(
          spread,
          rows.map((it) => it.address),
          model.endOf(spread),
        )
  const title = spread === undefined ? '' : `“${shortened(store.nameOf(spread), 60)}”`
  const save = (): void => {
    if (diagram === undefined) return
    const holder = document.createElement('div')
    render(<SpaceTimeSvg diagram={diagram} palette={LIGHT} size={SAVED} title={title} {...more} />, holder)
    saveFile(
      'space-time.svg',
      [new XMLSerializer().serializeToString(holder.firstElementChild!)],
      'image/svg+xml',
    )
    render(null, holder)
  }
  return (
    <div class="space-time">
      <header>
        <h2>{spread === undefined ? 'Space-time diagram' : `Space-time diagram of ${title}`}</h2>
        <button type="button" class="quiet" disabled={diagram === undefined} onClick={save}>
          Save SVG
        </button>
      </header>
      <div class="diagram" ref={box}>
        {diagram === undefined ? (
          <p class="none">
            A line a node, an arrow a message: there is one as soon as a value has been propagated.
          </p>
        ) : (
          size.width > 0 && (
            <SpaceTimeSvg diagram={diagram} palette={themePalette()} size={size} title="" {...more} />
          )
        )}
      </div>
    </div>
  )
}
