/** Draws a chart on a canvas, by uPlot. */
import uPlot from 'uplot'
import { shortened } from '../format.ts'
import { colour } from '../theme.tsx'
import type { Drawing, Line, Scale } from './drawing.ts'
import { joined, steps } from './points.ts'

/** Of the axes, in px. */
const FONT_SIZE = 11
const LEFT = 46
const RIGHT = 34
const BOTTOM = 22
const NAME = 16
const AREA_OPACITY = 0.12

/** Where the pointer is. */
export interface Pointer {
  /** On the axis of time. */
  readonly x: number
  /** In px from the left of the chart's box, which is so wide. */
  readonly left: number
  readonly width: number
}

export class Plot {
  readonly #box: HTMLElement
  readonly #onPointer: (pointer: Pointer | null) => void
  #drawing: Drawing | null = null
  #plot: uPlot | null = null
  /** How the plot looks, apart from its numbers. */
  #look = ''

  constructor(box: HTMLElement, onPointer: (pointer: Pointer | null) => void) {
    this.#box = box
    this.#onPointer = onPointer
  }

  /** What it shows just now. */
  get drawing(): Drawing | null {
    return this.#drawing
  }

  show(drawing: Drawing): void {
    this.#drawing = drawing
    const { clientWidth: width, clientHeight: height } = this.#box
    // What is hidden has no size.
    if (width === 0 || height === 0) return
    const options = this.#options(drawing)
    const look = JSON.stringify([options, drawing.lines.map((it) => it.isStepped)])
    if (this.#plot !== null && look === this.#look) {
      this.#plot.setData(joined(drawing))
      return
    }
    // The pointer rests where it is.
    const { left = -1, top = -1 } = this.#plot?.cursor ?? {}
    this.#plot?.destroy()
    this.#look = look
    const ready = [(it: uPlot) => left >= 0 && it.setCursor({ left, top })]
    const hooks = { ...options.hooks, ready }
    this.#plot = new uPlot({ ...options, hooks, width, height }, joined(drawing), this.#box)
  }

  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#box
    if (width === 0 || height === 0) return
    if (this.#plot !== null) this.#plot.setSize({ width, height })
    else if (this.#drawing !== null) this.show(this.#drawing)
  }

  /** The pointer has left, whatever it was above before. */
  leave(): void {
    this.#plot?.setCursor({ left: -1, top: -1 })
  }

  destroy(): void {
    this.#plot?.destroy()
    this.#plot = null
  }

  /** Whatever may be another each time is asked for: the plot lasts as long as its look. */
  #options({ x, right, lines }: Drawing): Omit<uPlot.Options, 'width' | 'height'> {
    const drawing = (): Drawing => this.#drawing!
    const soft = colour('soft')
    const line = colour('line')
    const font = `${FONT_SIZE}px ${getComputedStyle(this.#box).fontFamily}`
    const common = { stroke: soft, font, labelFont: font, gap: 5, ticks: { show: false } }
    const rules = { stroke: colour('line', 0.6), width: 1 }
    const vertical = (scaleOf: () => Scale): uPlot.Axis => ({
      ...common,
      splits: () => [...scaleOf().ticks],
      values: (_, ticks) => ticks.map((it) => scaleOf().tick(it)),
      space: 0,
    })
    const left = (): Scale => drawing().left
    const end = (): number => drawing().x.max ?? drawing().x.min + 1
    return {
      padding: [10, right === undefined ? 16 : 0, 4, 0],
      legend: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false, setScale: false } },
      scales: {
        x: { time: false, range: () => [drawing().x.min, end()] },
        left: { range: () => endsOf(left()) },
        ...(right !== undefined && { right: { range: () => endsOf(drawing().right!) } }),
      },
      axes: [
        {
          ...common,
          size: BOTTOM,
          label: x.name,
          labelSize: NAME,
          labelGap: 0,
          border: { show: true, stroke: line, width: 1 },
          grid: { ...rules, show: x.isRuled },
          incrs: (_plot, _axis, min, max) => steps(min, max),
          values: (_, ticks) => ticks.map((it) => (drawing().x.max === null ? '' : drawing().x.tick(it))),
        },
        { ...vertical(left), scale: 'left', size: LEFT, grid: rules },
        ...(right === undefined
          ? []
          : [
              {
                ...vertical(() => drawing().right!),
                ...{ scale: 'right', side: 1, size: RIGHT, grid: { show: false } },
              },
            ]),
      ],
      series: [{}, ...lines.map(series)],
      hooks: { draw: [(it) => drawMarkers(it, drawing(), soft, font)], setCursor: [(it) => this.#point(it)] },
    }
  }

  #point(plot: uPlot): void {
    const { left = -1 } = plot.cursor
    if (left < 0) this.#onPointer(null)
    else
      this.#onPointer({
        x: plot.posToVal(left, 'x'),
        left: left + plot.bbox.left / uPlot.pxRatio,
        width: this.#box.clientWidth,
      })
  }
}

function endsOf({ ticks }: Scale): uPlot.Range.MinMax {
  return [ticks[0]!, ticks.at(-1)!]
}

function series({
  colour: name,
  opacity,
  width,
  isStepped,
  isFilled,
  hasDots,
  isOnRight,
}: Line): uPlot.Series {
  const stroke = colour(name, opacity)
  return {
    scale: isOnRight ? 'right' : 'left',
    stroke,
    width,
    ...(isStepped && { paths: uPlot.paths.stepped!({ align: 1 }) }),
    ...(isFilled && { fill: colour(name, opacity * AREA_OPACITY) }),
    points: { show: hasDots === true, size: 5, width: 0, stroke, fill: stroke },
  }
}

/** On the canvas, so in its own pixels. */
function drawMarkers(plot: uPlot, { markers = [] }: Drawing, stroke: string, font: string): void {
  const { ctx, bbox } = plot
  const px = uPlot.pxRatio
  ctx.save()
  ctx.strokeStyle = ctx.fillStyle = stroke
  ctx.lineWidth = px
  ctx.setLineDash([4 * px, 3 * px])
  ctx.font = font.replace(/^[\d.]+/, (size) => String(Number(size) * px))
  for (const { x, name } of markers) {
    const at = Math.floor(plot.valToPos(x, 'x', true)) + (px % 2) / 2
    if (at < bbox.left || at > bbox.left + bbox.width) continue
    ctx.beginPath()
    ctx.moveTo(at, bbox.top)
    ctx.lineTo(at, bbox.top + bbox.height)
    ctx.stroke()
    // Beside it, where there is more room, and where a curve that rises leaves some: above it or below.
    const isEarly = at < bbox.left + bbox.width / 2
    ctx.textAlign = isEarly ? 'left' : 'right'
    ctx.textBaseline = isEarly ? 'top' : 'bottom'
    const y = isEarly ? bbox.top + 4 * px : bbox.top + bbox.height - 4 * px
    ctx.fillText(shortened(name, 24), at + (isEarly ? 4 : -4) * px, y)
  }
  ctx.restore()
}
