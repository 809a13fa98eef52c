/** What the lines of a chart say at the time under the pointer. */
import type { VNode } from 'preact'
import { shortened } from '../format.ts'
import type { Drawing } from './drawing.ts'
import type { Pointer } from './plot.ts'
import { valueAt } from './points.ts'

/** More lines than that nobody reads. */
const MAX_ROWS = 8
/** Px between the pointer and the tip. */
const GAP = 12

interface Props {
  readonly drawing: Drawing
  readonly pointer: Pointer
}

export function Tip({ drawing, pointer: { x, left, width } }: Props): VNode {
  const rows = drawing.lines
    .map((line) => ({ line, y: valueAt(line.points, x) }))
    .filter(({ y }) => y !== undefined)
    .reverse()
    .sort((a, b) => Number(b.line.isChosen ?? false) - Number(a.line.isChosen ?? false))
    .slice(0, MAX_ROWS)
  const isRight = left < width / 2
  const place = isRight
    ? { left: `${left + GAP}px`, maxWidth: `${width - left - GAP}px` }
    : { right: `${width - left + GAP}px`, maxWidth: `${left - GAP}px` }
  return (
    <div class={isRight ? 'tip low' : 'tip'} style={place}>
      <p>{drawing.x.said(x)}</p>
      {rows.map(({ line, y }, i) => (
        <p key={i} class={line.isChosen ? 'chosen' : ''}>
          <i style={{ background: `var(--${line.colour})`, opacity: Math.max(0.5, line.opacity) }} />
          <bdi>{shortened(line.name, 24)}</bdi>
          <span class="number">{y == null ? '–' : line.said(y)}</span>
        </p>
      ))}
    </div>
  )
}
