/** A chart that is drawn anew when what it shows has changed, or the colours have. */
import { type EChartsOption, type EChartsType, init } from 'echarts'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { colour, themeChanges } from '../theme.tsx'

/** It is drawn at most that often, in ms; the second where values come so fast that nobody reads one: it costs a frame. */
const DRAW_MS = 400
const BUSY_DRAW_MS = 1000

interface Props {
  /** Made when it is drawn. */
  option(): EChartsOption
  /** Another text where it shows something else. */
  readonly version: string
  /** Does it change all the time? */
  readonly isBusy: boolean
  /** What it shows, in words. */
  readonly label: string
}

export function Chart({ option, version, isBusy, label }: Props): VNode {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const newest = useRef(option)
  newest.current = option
  const isDue = useRef(true)
  const draw = (): void => chart.current?.setOption(newest.current(), { notMerge: true })

  useEffect(() => {
    const it = init(box.current)
    chart.current = it
    draw()
    const observer = new ResizeObserver(() => it.resize())
    observer.observe(box.current!)
    themeChanges.addEventListener('change', draw)
    return () => {
      observer.disconnect()
      themeChanges.removeEventListener('change', draw)
      it.dispose()
      chart.current = null
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

  return <div class="curves" ref={box} role="img" aria-label={label} />
}

/** What the axes of all charts have in common. */
export function axisLook() {
  const text = colour('soft')
  const line = colour('line')
  return {
    nameTextStyle: { color: text, fontSize: 11 },
    axisLabel: { color: text, fontSize: 11, hideOverlap: true },
    axisLine: { lineStyle: { color: line } },
    splitLine: { lineStyle: { color: line, opacity: 0.6 } },
  }
}

export function tooltipLook() {
  return {
    trigger: 'axis' as const,
    renderMode: 'richText' as const,
    backgroundColor: colour('raised'),
    borderColor: colour('line'),
    textStyle: { color: colour('ink'), fontSize: 12 },
  }
}
