/** Figures and names as they are read. */
import type { NodeRow } from '../wire.ts'

/** @param time in ms */
export function duration(time: number): string {
  if (time < 10) return `${time.toFixed(2)} ms`
  if (time < 100) return `${time.toFixed(1)} ms`
  if (time < 10_000) return `${time.toFixed(0)} ms`
  if (time < 600_000) return `${(time / 1000).toFixed(1)} s`
  return `${(time / 60_000).toFixed(0)} min`
}

/** The time of day. @param at ms since 1970 */
export function clock(at: number): string {
  const it = new Date(at)
  const two = (number: number): string => String(number).padStart(2, '0')
  const seconds = (it.getSeconds() + it.getMilliseconds() / 1000).toFixed(3).padStart(6, '0')
  return `${two(it.getHours())}:${two(it.getMinutes())}:${seconds}`
}

export function size(bytes: number): string {
  if (bytes < 10_000) return `${bytes} B`
  if (bytes < 10e6) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1e6).toFixed(1)} MB`
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%`
}

/** Of how many other keys than "" a node holds a value. */
export function othersOf({ value, values }: Pick<NodeRow, 'value' | 'values'>): number {
  return values - (value === null ? 0 : 1)
}

const grouped = new Intl.NumberFormat('en')

export function count(number: number): string {
  return grouped.format(number)
}

const MAX_VALUE = 40

/** A value that is too long is shortened; the whole belongs into a title. */
export function shortened(value: string, length = MAX_VALUE): string {
  return value.length <= length ? value : `${value.slice(0, length - 1)}\u2026`
}

/** What tells each address from the others: its port, or where all have the same one, its host. */
export function shortName(address: string, isPortShared: boolean): string {
  const [host = address, port = ''] = address.split(/:(?=\d+$)/)
  if (!isPortShared) return `:${port}`
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return `.${host.split('.').at(-1)}`
  return shortened(host, 14)
}

export function isPortShared(addresses: readonly string[]): boolean {
  return (
    addresses.length > 1 &&
    new Set(addresses.map((it) => it.slice(it.lastIndexOf(':')))).size < addresses.length
  )
}
