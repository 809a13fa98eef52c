/** What was measured several times, and on which machine. */
import { cpus, loadavg } from 'node:os'

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

/** "median [least-most]"; "-" where there are none. */
export function inWords(values: readonly number[], digits = 0): string {
  if (values.length === 0) return '-'
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)]
  return `${middle.toFixed(digits)} [${least.toFixed(digits)}-${most.toFixed(digits)}]`
}

/** Of the medians. */
export function ratio(ours: readonly number[], floor: readonly number[]): string {
  return Math.min(ours.length, floor.length) === 0 ? '-' : (median(ours) / median(floor)).toFixed(2)
}

export function machine(): string {
  const [cpu] = cpus()
  const load = loadavg()[0]!.toFixed(1)
  return `${cpus().length} cores ${cpu?.model ?? ''}, Node.js ${process.version}, load average ${load}, ${new Date().toISOString()}`
}
