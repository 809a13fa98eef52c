/** Figures as people read them, in a terminal and in a report alike. */
import type { Spread } from '../experiment/summary.ts'
import { FIGURE_TABLE, type Figure } from '../measure/figures.ts'

/** Three significant digits are what a person compares. */
export function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}

/** The median and, where the runs differ, between what 95% of them lie. */
export function spread({ median, low, high }: Spread, shown = round): string {
  const [least, greatest] = [shown(low), shown(high)]
  return least === greatest ? String(shown(median)) : `${shown(median)} [${least}-${greatest}]`
}

/** A column's name. @param unit of times: ms or rounds */
export function withUnit(figure: Figure, unit: string): string {
  return FIGURE_TABLE[figure].unit === 'time' ? `${figure} (${unit})` : figure
}

/** As many as estimates are compared by. */
export function digits(value: number): number {
  return Number(value.toPrecision(9))
}
