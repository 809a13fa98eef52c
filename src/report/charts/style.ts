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
export const DASHES = [
  'solid',
  'dashed',
  'dotted',
  [8, 3, 2, 3],
  'solid',
  'dashed',
  'dotted',
  'solid',
] as const
export const SYMBOLS = [
  'circle',
  'rect',
  'triangle',
  'diamond',
  'emptyCircle',
  'emptyRect',
  'emptyTriangle',
  'emptyDiamond',
] as const
/** Rows in one chart; more can't be told apart. */
export const MOST_ROWS = COLORS.length

const INK = '#222222'
const PALE = '#dddddd'

export const BASE = {
  animation: false,
  backgroundColor: '#ffffff',
  textStyle: { fontFamily: 'Helvetica, Arial, sans-serif', color: INK },
  legend: { bottom: 0, textStyle: { color: INK }, itemWidth: 26 },
  grid: { left: 70, right: 30, top: 50, bottom: 90 },
} as const satisfies EChartsOption

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
