/** A chart that is drawn anew when what it shows has changed, or the colours have. */
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { themeChanges } from '../theme.tsx'
import type { Drawing } from './drawing.ts'
import { Plot, type Pointer } from './plot.ts'
import { Tip } from './tip.tsx'

/** It is drawn at most that often, in ms; the second where values come so fast that nobody reads one: it costs a frame. */
const DRAW_MS = 400
const BUSY_DRAW_MS = 1000

interface Props {
  /** Made when it is drawn. */
  drawing(): Drawing
  /** Another text where it shows something else. */
  readonly version: string
  /** Does it change all the time? */
  readonly isBusy: boolean
  /** What it shows, in words. */
  readonly label: string
}

export function Chart({ drawing, version, isBusy, label }: Props): VNode {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot | null>(null)
  const newest = useRef(drawing)
  newest.current = drawing
  const isDue = useRef(true)
  const [pointer, setPointer] = useState<Pointer | null>(null)
  const draw = (): void => plot.current?.show(newest.current())

  useEffect(() => {
    const it = new Plot(box.current!, setPointer)
    plot.current = it
    draw()
    const observer = new ResizeObserver(() => it.resize())
    observer.observe(box.current!)
    themeChanges.addEventListener('change', draw)
    return () => {
      observer.disconnect()
      themeChanges.removeEventListener('change', draw)
      it.destroy()
      plot.current = null
    }
  }, [])
  useEffect(() => {
    if (!isDue.current) return
    isDue.current = false
    setTimeout(
      () => {
        isDue.current = true
        draw()
      },
      isBusy ? BUSY_DRAW_MS : DRAW_MS,
    )
  }, [version])

  const shown = plot.current?.drawing
  return (
    <div class="curves" role="img" aria-label={label} onMouseLeave={() => plot.current?.leave()}>
      <div class="plot" ref={box} />
      {pointer !== null && shown != null && <Tip drawing={shown} pointer={pointer} />}
    </div>
  )
}
