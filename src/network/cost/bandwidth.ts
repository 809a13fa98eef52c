/** What a node's links carry: what it sends goes over its up link, what comes to it over its down link. */
import { nameOfAmount, oneOrTwo } from '../../parse/quantity.ts'

/** Bits a second. */
export interface Bandwidth {
  readonly up: number
  readonly down: number
}

const UNITS = { bit: 1, kbit: 1e3, Kbit: 1e3, Mbit: 1e6, Gbit: 1e9 } as const
const { Kbit: _, ...NAMED } = UNITS
const FORM = 'must be UP or UP/DOWN, each in kbit, Mbit or Gbit a second, such as 50Mbit or 20Mbit/100Mbit'
const [LEAST, MOST] = [1e3, 1e12]

/** "50Mbit", the same up and down, or "20Mbit/100Mbit". @throws {Error} one line */
export function parseBandwidth(text: string): Bandwidth {
  const amounts = oneOrTwo(text, '/', UNITS)
  if (amounts === undefined) throw new Error(FORM)
  const [up, down] = amounts
  if (Math.min(up, down) < LEAST || Math.max(up, down) > MOST)
    throw new Error('must be from 1kbit to 1000Gbit a second')
  return { up, down }
}

/** As it is typed. */
export function nameOfBandwidth({ up, down }: Bandwidth): string {
  const name = (it: number): string => nameOfAmount(it, NAMED)
  return up === down ? name(up) : `${name(up)}/${name(down)}`
}
