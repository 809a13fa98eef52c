/** What a change of a strategy did to the figures. */
import { z } from 'zod'
import { table } from './table.ts'

/** For each row of a table its figures, by name. */
export const figuresSchema = z.record(z.string(), z.record(z.string(), z.number()))
export type Figures = z.infer<typeof figuresSchema>

/** A table of the figures that differ. */
export function changes(before: Figures, after: Figures): string {
  const rows = Object.entries(after).flatMap(([label, figures]) =>
    Object.entries(figures).flatMap(([figure, value]) => {
      const was = before[label]?.[figure]
      return was === undefined || was === value
        ? []
        : [[label, figure, shown(was), shown(value), share(was, value)]]
    }),
  )
  return rows.length === 0 ? 'no figure changed' : table(['changed', 'figure', 'before', 'now', ''], rows)
}

function share(was: number, is: number): string {
  if (was === 0) return ''
  const percent = (100 * (is - was)) / was
  return `${percent > 0 ? '+' : ''}${percent.toFixed(Math.abs(percent) < 10 ? 1 : 0)}%`
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)))
}
