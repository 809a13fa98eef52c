/** How many bytes a simulated value counts as, whatever its text: as many for all, or drawn for each. */
import { nameOfAmount, oneOrTwo } from '../../parse/quantity.ts'

/** Bytes, whole: evenly distributed between the two. */
export interface Size {
  readonly from: number
  readonly to: number
}

const UNITS = { '': 1, B: 1, kB: 1e3, KB: 1e3, MB: 1e6, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const
const NAMED = { '': 1, KiB: UNITS.KiB, MiB: UNITS.MiB, GiB: UNITS.GiB } as const
const FORM = 'must be bytes such as 1024, 2KiB or 1MB, or a range such as 1KiB..128KiB'
const MOST = UNITS.GiB

/** "1024", "2KiB" or "1KiB..128KiB". @throws {Error} one line */
export function parseSize(text: string): Size {
  const amounts = oneOrTwo(text, '..', UNITS)
  if (amounts === undefined || amounts[0] > amounts[1]) throw new Error(FORM)
  const [from, to] = amounts
  if (![from, to].every((it) => Number.isInteger(it) && it >= 1 && it <= MOST))
    throw new Error('must be a whole number of bytes from 1 to 1GiB')
  return { from, to }
}

/** @param random uniform in [0, 1); where all are alike none is drawn */
export function drawSize({ from, to }: Size, random: () => number): number {
  return from === to ? from : from + Math.floor(random() * (to - from + 1))
}

/** As it is typed. */
export function nameOfSize({ from, to }: Size): string {
  const name = (it: number): string => nameOfAmount(it, NAMED)
  return from === to ? name(from) : `${name(from)}..${name(to)}`
}
