/** What all charts look like: for white paper, and told apart by those who see colours differently. */
import type { EChartsOption } from 'echarts'

/** Okabe and Ito 2008, "Color universal design": eight colours that colour-blind people can tell apart. */
export const COLORS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#e69f00',
  '#000000',
  '#8a8a00',
] as const
const DASHES = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [14, 4]] as const
const SYMBOLS = [
  'circle',
  'rect',
  'triangle',
  'diamond',
  'emptyCircle',
  'emptyRect',
  'emptyTriangle',
  'emptyDiamond',
  'pin',
] as const
/** Rows in one chart: each has a colour, a dash and a symbol that no other has together. More can't be told apart. */
export const MOST_ROWS = 3 * COLORS.length

export interface Look {
  readonly color: string
  readonly dash: 'solid' | number[]
  readonly symbol: string
}

/** What the row at that place looks like. Rows that share a colour differ in dash and symbol. */
export function lookOf(place: number): Look {
  const turn = Math.floor(place / COLORS.length)
  return {
    color: COLORS[place % COLORS.length]!,
    dash: DASHES[(place + 3 * turn) % DASHES.length] as 'solid',
    symbol: SYMBOLS[place % SYMBOLS.length]!,
  }
}

export const INK = '#222222'
const PALE = '#dddddd'
const PAPER = '#ffffff'

/** For a dark screen: what stands for each colour there. Those that are not here do on both. */
export const DARK: Readonly<Record<string, string>> = {
  [INK]: '#dddddd',
  [PALE]: '#444444',
  [PAPER]: '#1b1b1b',
  '#0072b2': '#4aa8e0',
  '#000000': '#f0f0f0',
  '#d55e00': '#f07a20',
  '#009e73': '#1fc498',
  '#8a8a00': '#c4c400',
}

export const BASE = {
  animation: false,
  backgroundColor: PAPER,
  textStyle: { fontFamily: 'Helvetica, Arial, sans-serif', color: INK },
  legend: { show: false },
  grid: { left: 70, right: 30, top: 50, bottom: 60 },
} as const satisfies EChartsOption

/** The narrowest that a chart is drawn. */
export const WIDTH = 600
const LINE = 22
/** Of a character and of what else a name in the legend takes, generously. */
const [WIDE, ITEM] = [6.8, 44]

/** A legend below the chart, with room for all its lines: the chart gets higher, nothing lies on another. */
export function withLegend(names: readonly string[], itemWidth = 30): Pick<EChartsOption, 'legend' | 'grid'> {
  let [lines, used] = [1, 0]
  for (const name of names) {
    const width = Math.min(WIDTH - 20, ITEM + WIDE * name.length)
    if (used > 0 && used + width > WIDTH - 20) [lines, used] = [lines + 1, 0]
    used += width
  }
  return {
    legend: {
      show: true,
      bottom: 4,
      left: 10,
      right: 10,
      itemWidth,
      itemGap: 8,
      textStyle: { color: INK, width: WIDTH - 80, overflow: 'breakAll' },
      data: [...names],
    },
    grid: { ...BASE.grid, bottom: BASE.grid.bottom + LINE * lines },
  }
}

/** Its height, with that much for the plot. */
export function heightOf({ grid }: EChartsOption, plot = 290): number {
  const { top, bottom } = { ...BASE.grid, ...(grid as { bottom?: number }) }
  return top + plot + bottom
}

export function title(text: string): EChartsOption['title'] {
  return { text, left: 'center', textStyle: { fontSize: 15, fontWeight: 'bold', color: INK } }
}

/** An axis of numbers, with its name in the middle. */
export function axis(name: string, which: 'x' | 'y', more: object = {}): object {
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: which === 'x' ? 28 : 48,
    nameTextStyle: { color: INK },
    axisLine: { show: true, lineStyle: { color: INK } },
    axisLabel: { color: INK },
    splitLine: { lineStyle: { color: PALE } },
    ...more,
  }
}
